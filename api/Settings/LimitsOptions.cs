using System.ComponentModel.DataAnnotations;
using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>What one client may ask of this server.</summary>
internal sealed class LimitsOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "Limits";

    /// <summary>Largest request body in bytes, where a route does not say otherwise. Default: 4 MiB.</summary>
    [Range(1024, 1 << 30, ErrorMessage = "{0} must be {1} to {2} bytes")]
    public int BodyBytes { get; set; } = 4 << 20;

    /// <summary>Wrong guesses in ten minutes after which an address is refused. Default: 30.</summary>
    [Range(1, 1_000_000, ErrorMessage = "{0} must be {1} to {2}")]
    public int Misses { get; set; } = 30;

    /// <summary>Wrong guesses in ten minutes after which a caller with a token is refused. Default: 300.</summary>
    [Range(1, 1_000_000, ErrorMessage = "{0} must be {1} to {2}")]
    public int TokenMisses { get; set; } = 300;

    /// <summary>Wrong guesses of all addresses in ten minutes after which an address has only one. Default: 1000.</summary>
    [Range(1, 100_000_000, ErrorMessage = "{0} must be {1} to {2}")]
    public int TotalMisses { get; set; } = 1000;
}
