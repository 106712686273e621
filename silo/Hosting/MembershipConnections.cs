using Actors.Silo.Storage.Postgres;
using Npgsql;

namespace Actors.Silo.Hosting;

/// <summary>The two connections of membership, apart from the pool of the data.</summary>
internal static class MembershipConnections
{
    /// <summary>How many there are at most, to be counted into those of a process.</summary>
    public const int Count = 2;

    /// <param name="connectionString">Of the shared database.</param>
    /// <param name="guard">Looks at each new connection: a lease in another database, or an older one, is worth nothing.</param>
    public static NpgsqlDataSource Build(string connectionString, GenerationGuard guard)
    {
        var settings = Parse(connectionString);
        settings.Pooling = true;
        settings.MaxPoolSize = Count;
        settings.MinPoolSize = 0;
        settings.Timeout = 2;
        settings.CommandTimeout = 2;
        // Who gives up must not wait for the server to agree.
        settings.CancellationTimeout = -1;
        settings.TcpKeepAlive = true;
        settings.MaxAutoPrepare = 20;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true;
        settings.Multiplexing = false;
        settings.Enlist = false;
        settings.PersistSecurityInfo = false;
        settings.ApplicationName = "actors membership";
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(
            static connection =>
            {
                using var setup = new NpgsqlCommand(Setup, connection);
                setup.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var setup = new NpgsqlCommand(Setup, connection);
                await setup.ExecuteNonQueryAsync();
                await guard.CheckAsync(connection);
            });
        return builder.Build();
    }

    // The fence and the judgement rely on each statement seeing what was committed before it.
    private const string Setup =
        "SET default_transaction_isolation = 'read committed'; SET lock_timeout = '1s'; SET statement_timeout = '3s'; "
        + "SET idle_in_transaction_session_timeout = '2s'; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET jit = off";

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder? settings = null;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidOperationException)
        {
            // Its message may quote a part of the text, which holds the password.
        }

        return settings ?? throw new InvalidDataException("The connection string (setting ConnectionStrings:Actors) is not one of PostgreSQL.");
    }
}
