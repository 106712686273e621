using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The one pool of a process, and how each of its connections is set up.</summary>
internal static class PostgresConnections
{
    public static NpgsqlDataSource Build(PostgresOptions options, GenerationGuard guard)
    {
        var settings = Parse(options.ConnectionString) ?? throw new InvalidDataException(
            "The connection string is not one of PostgreSQL: expected Host=…;Database=…;Username=…;Password=… (setting ConnectionStrings:Actors).");
        settings.Pooling = true;
        settings.MaxPoolSize = options.MaxConnections;
        settings.MinPoolSize = 0;
        settings.Timeout = options.ConnectTimeoutSeconds;
        settings.CommandTimeout = options.CommandTimeoutSeconds;
        settings.KeepAlive = 15;
        settings.TcpKeepAlive = true;
        settings.MaxAutoPrepare = 60;
        settings.AutoPrepareMinUsages = 2;
        // The statements of a batch are one implicit transaction; nothing is left on a connection to be reset.
        settings.NoResetOnClose = true;
        settings.Multiplexing = false;
        settings.Enlist = false;
        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        settings.ApplicationName ??= "actors";

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        var setup = Setup(options);
        // Opened synchronously only at the start, before there is anything to compare with.
        builder.UsePhysicalConnectionInitializer(
            connection => Execute(connection, setup),
            async connection =>
            {
                await ExecuteAsync(connection, setup);
                await guard.CheckAsync(connection);
            });
        return builder.Build();
    }

    private static NpgsqlConnectionStringBuilder? Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidOperationException)
        {
            // Its message may quote a part of the text, which holds the password.
            return null;
        }
    }

    // By SET and not by startup options, which poolers refuse. The rows of a batch are found by their keys, never by
    // scanning: a plan made while a table was empty must not stay when it has grown.
    private static string Setup(PostgresOptions options) =>
        $"SET lock_timeout = {options.LockTimeoutMilliseconds}; "
        + $"SET idle_in_transaction_session_timeout = {options.IdleInTransactionMilliseconds}; "
        + $"SET statement_timeout = {options.CommandTimeoutSeconds * 1_000}; "
        + "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; "
        + "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off";

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
