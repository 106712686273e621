using Npgsql;

namespace Actors.Silo.Settings;

/// <summary>Where a shared database is.</summary>
internal static class DatabaseAddress
{
    /// <summary>Whether this is a connection string of PostgreSQL that names a host.</summary>
    public static bool IsPostgres(string text)
    {
        try
        {
            return !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
