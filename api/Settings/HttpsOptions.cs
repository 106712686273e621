using System.ComponentModel.DataAnnotations;
using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary><c>--https</c>: certificates of a local authority, for phones on this network.</summary>
internal sealed class HttpsOptions : ISettings
{
    public const int DefaultPort = 5443;

    /// <inheritdoc/>
    public static string Section => "Https";

    /// <summary>Whether to make them; <c>--https</c> is short for it. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Port of https, unless <c>--urls</c> names one. Default: 5443.</summary>
    [Range(0, 65535, ErrorMessage = "{0} must be a port, {1} to {2}")]
    public int Port { get; set; } = DefaultPort;

    /// <summary>More names and addresses of this machine to certify. Default: none.</summary>
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<string> Refusals() => Names
        .Where(name => Uri.CheckHostName(name) is UriHostNameType.Unknown or UriHostNameType.Basic)
        .Select(name => $"Https:Names has '{name}', which is no name and no address of a machine.");
}
