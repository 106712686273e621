using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Opens the pool of a process: the server is checked and the schema brought up to date before anything else is asked of it.</summary>
internal static class PostgresSetup
{
    /// <exception cref="InvalidDataException">The server or the database cannot be used as it is.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public static NpgsqlDataSource Open(PostgresOptions options, GenerationGuard? guard = null)
    {
        guard ??= new GenerationGuard();
        var source = PostgresConnections.Build(options, guard);
        try
        {
            using var connection = source.OpenConnection();
            PostgresServerCheck.Check(connection);
            PostgresSchema.Migrate(connection);
            guard.Arm(connection);
            return source;
        }
        catch (Exception failure)
        {
            source.Dispose();
            throw failure is NpgsqlException ? PostgresFailure.ToIOException(failure) : failure;
        }
    }
}
