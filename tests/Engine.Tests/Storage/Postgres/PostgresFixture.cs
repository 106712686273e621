using System.Text;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Actors.TestKit.Postgres;
using Npgsql;

namespace Actors.Engine.Tests.Storage.Postgres;

/// <summary>A database of its own with one lane, and a way to hold the lane so that what follows is one batch.</summary>
internal sealed class PostgresFixture : IAsyncDisposable
{
    private readonly bool _ownsServer;

    private PostgresFixture(PostgresServer server, string connectionString, bool ownsServer)
    {
        Server = server;
        _ownsServer = ownsServer;
        Options = new PostgresOptions { ConnectionString = connectionString, ConnectTimeoutSeconds = 60, Writers = 1, BeforeBatch = BeforeAsync, AfterBatch = AfterAsync };
    }

    public PostgresServer Server { get; }

    public PostgresOptions Options { get; private set; }

    public PostgresDatabase Database { get; private set; } = null!;

    public IStateStore State { get; private set; } = null!;

    /// <summary>Rows of each batch that was sent.</summary>
    public List<int> Batches { get; } = [];

    public Func<Task>? Before { get; set; }

    public Func<Task>? After { get; set; }

    /// <param name="ownServer">Whether the test stops or restarts the server.</param>
    /// <param name="configure">Changes options.</param>
    public static async Task<PostgresFixture> OpenAsync(bool ownServer = false, Func<PostgresOptions, PostgresOptions>? configure = null)
    {
        var server = ownServer ? await PostgresServer.StartAsync() : await PostgresServer.SharedAsync();
        var fixture = new PostgresFixture(server, await server.CreateDatabaseAsync(), ownServer);
        fixture.Options = configure?.Invoke(fixture.Options) ?? fixture.Options;
        fixture.Database = PostgresDatabase.Open(fixture.Options);
        fixture.State = new PostgresStateStore(fixture.Database);
        return fixture;
    }

    public static StateKey Key(int i) => new("state", $"key:{i}");

    public Task<StateWriteResult> InsertAsync(int i) => WriteAsync(i, etag: null);

    public async Task<StateWriteResult> WriteAsync(int i, string? etag) =>
        await State.WriteAsync(Key(i), Encoding.UTF8.GetBytes($"{i}"), etag, TestContext.Current.CancellationToken);

    public async Task<string?> ReadAsync(int i) =>
        await State.ReadAsync(Key(i), TestContext.Current.CancellationToken) is { } stored ? Encoding.UTF8.GetString(stored.Payload) : null;

    /// <summary>Starts writes while the lane is held, so that they share one transaction.</summary>
    public async Task<Task[]> InOneBatchAsync(params Func<Task>[] writes)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Before;
        Before = () =>
        {
            Before = before;
            held.SetResult();
            return release.Task;
        };
        var hold = Database.WriteAsync(new ProbeWrite(CancellationToken.None));
        await held.Task;
        Task[] started = [.. writes.Select(write => write())];
        release.SetResult();
        await Task.WhenAll([hold.AsTask(), .. started]).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return started;
    }

    /// <summary>A connection beside the storage's own.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(Options.ConnectionString + ";Pooling=false;Application Name=test");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        return await ScalarAsync<T>(connection, sql);
    }

    public static async Task<T?> ScalarAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is T value ? value : default;
    }

    /// <summary>Ends every connection of the storage, as a failover does.</summary>
    public Task TerminateAsync() => ScalarAsync<long>(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'test'");

    /// <summary>Returns when so many statements wait for locks.</summary>
    public async Task BlockedAsync(int count)
    {
        await using var connection = await ConnectAsync();
        while (await ScalarAsync<long>(
            connection, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") < count)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_ownsServer)
        {
            await Server.DisposeAsync();
        }
    }

    private async Task BeforeAsync(int rows)
    {
        Batches.Add(rows);
        await (Before?.Invoke() ?? Task.CompletedTask);
    }

    private Task AfterAsync(int rows) => After?.Invoke() ?? Task.CompletedTask;
}
