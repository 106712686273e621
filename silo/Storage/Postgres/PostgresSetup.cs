using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Opens the pool of a process: the server is checked and the schema brought up to date before anything else is asked of it.</summary>
internal static partial class PostgresSetup
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits for a server that is just starting, <see cref="PostgresOptions.StartPatience"/> at most; what it refuses is final at once.</summary>
    /// <exception cref="InvalidDataException">The server or the database cannot be used as it is.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public static NpgsqlDataSource Open(PostgresOptions options, GenerationGuard? guard = null, ILogger? logger = null)
    {
        guard ??= new GenerationGuard();
        logger ??= NullLogger.Instance;
        var source = PostgresConnections.Build(options, guard);
        try
        {
            for (var began = TimeProvider.System.GetTimestamp(); ;)
            {
                try
                {
                    Prepare(source, guard);
                    return source;
                }
                catch (NpgsqlException failure) when (PostgresFailure.IsStarting(failure)
                    && TimeProvider.System.GetElapsedTime(began) < options.StartPatience && !options.Stopping.IsCancellationRequested)
                {
                    LogWaiting(logger, PostgresFailure.ToIOException(failure).Message);
                    options.Stopping.WaitHandle.WaitOne(Pause);
                }
            }
        }
        catch (Exception failure)
        {
            source.Dispose();
            throw failure is NpgsqlException ? PostgresFailure.ToIOException(failure) : failure;
        }
    }

    private static void Prepare(NpgsqlDataSource source, GenerationGuard guard)
    {
        using var connection = source.OpenConnection();
        PostgresServerCheck.Check(connection);
        PostgresSchema.Migrate(connection);
        guard.Arm(connection);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} The start waits for it.")]
    private static partial void LogWaiting(ILogger logger, string problem);
}
