using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>Databases outside this process. This build runs its silo and its database in its own process only.</summary>
internal sealed class ConnectionStringsOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "ConnectionStrings";

    /// <summary>PostgreSQL of a cluster. Default: none, the silo runs in this process.</summary>
    public string? Actors { get; set; }

    /// <summary>Redis of a cluster of the microsoft engine. Default: none.</summary>
    public string? Redis { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        // starting on the embedded database instead would look right and split the data in two
        if (Actors is not null)
        {
            yield return "ConnectionStrings:Actors is set, but this build runs on its embedded database only: remove the setting (Data:Path says where the database lies).";
        }

        if (Redis is not null)
        {
            yield return "ConnectionStrings:Redis is set, but this build runs on its embedded database only: remove the setting.";
        }
    }
}
