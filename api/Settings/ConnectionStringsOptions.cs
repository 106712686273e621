using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>Databases outside this process.</summary>
internal sealed class ConnectionStringsOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "ConnectionStrings";

    /// <summary>PostgreSQL, as <c>Host=…;Database=…;Username=…</c>. Default: none, the embedded database in Data:Path.</summary>
    public string? Actors { get; set; }

    /// <summary>Redis of a cluster of the microsoft engine. Default: none.</summary>
    public string? Redis { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        // starting on the embedded database instead would look right and split the data in two
        if (Actors is { Length: > 0 } && !Actors.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            yield return "ConnectionStrings:Actors is no connection string of PostgreSQL: expected Host=…;Database=…;Username=…;Password=….";
        }

        if (Redis is not null)
        {
            yield return "ConnectionStrings:Redis is set, but this build knows no Redis: remove the setting.";
        }
    }
}
