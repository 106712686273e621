namespace Actors.Silo.Settings;

/// <summary>Databases outside this process.</summary>
public sealed class ConnectionStringsOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "ConnectionStrings";

    /// <summary>PostgreSQL of a cluster (Host=…;Database=…;Username=…;Password=…). Default: none, the silo runs in this process.</summary>
    public string? Actors { get; set; }

    /// <summary>Redis of a cluster of the microsoft engine. Default: none.</summary>
    public string? Redis { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Actors is not null && !DatabaseAddress.IsPostgres(Actors))
        {
            // the text itself holds the password
            yield return "ConnectionStrings:Actors is not a connection string of PostgreSQL such as Host=db;Database=actors;Username=actors.";
        }
    }
}
