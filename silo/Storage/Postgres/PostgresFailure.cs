using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>What a failure of the server or of the way to it means, and how callers see it.</summary>
internal static class PostgresFailure
{
    public const string NotAMember = "AC001";
    public const string GivenUp = "AC002";

    /// <summary>Another transaction was in the way; the same batch succeeds when it is repeated.</summary>
    public static bool IsRace(Exception failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation,
    };

    /// <summary>The server takes no writes at all, whatever the rows are.</summary>
    public static bool IsServers(Exception failure) => failure is PostgresException
    {
        SqlState: [('5'), ('3' or '8'), ..] or PostgresErrorCodes.ReadOnlySqlTransaction or [('X'), ('X'), ..] or [('2'), ('8'), ..],
    };

    /// <summary>The connection is gone or of no use; when it was lost during a write, only the database knows what became of it.</summary>
    public static bool IsLost(Exception failure) =>
        failure is PostgresException server
            ? server.InvariantSeverity is "FATAL" or "PANIC"
                || server.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..] or PostgresErrorCodes.InvalidSqlStatementName
            : failure is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException or ObjectDisposedException;

    /// <summary>Nobody answers, or a server that is not ready yet: to ask again may help. A user, a password or a database that it does not know stays unknown.</summary>
    public static bool IsStarting(Exception failure) =>
        failure is PostgresException { SqlState: ['0', '8', ..] or ['5', '7', 'P', ..] or PostgresErrorCodes.TooManyConnections }
        || (failure is not PostgresException && IsLost(failure));

    /// <summary>As callers see it: an outage is an <see cref="IOException"/>, whose text holds no address and no secret.</summary>
    public static IOException ToIOException(Exception failure) => failure switch
    {
        IOException known and not EndOfStreamException when known.InnerException is not System.Net.Sockets.SocketException => known,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new IOException("Nothing was written: the database server's disk is full.", failure),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => new IOException("The database server has no connection left for this process.", failure),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => new IOException("Nothing was written: the database server is read-only.", failure),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => new IOException("Nothing was written: another transaction holds the row.", failure),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => new IOException("Nothing was written: the database server took too long.", failure),
        PostgresException { SqlState: ['2', '8', ..] } => new IOException("The database server refuses this user or password.", failure),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new IOException("The database does not exist on this server.", failure),
        PostgresException { SqlState: ['5', '7', 'P', ..] } => new IOException("The database server is stopping or starting.", failure),
        PostgresException server => new IOException($"The database refused: {server.MessageText} ({server.SqlState}).", failure),
        TimeoutException or NpgsqlException { InnerException: TimeoutException } => new IOException("The database server did not answer in time.", failure),
        _ when IsLost(failure) => new IOException("The database server cannot be reached.", failure),
        _ => new IOException($"The database refused: {failure.Message}", failure),
    };
}
