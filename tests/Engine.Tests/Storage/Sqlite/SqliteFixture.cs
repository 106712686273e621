using System.Text;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Sqlite;

namespace Actors.Engine.Tests.Storage.Sqlite;

/// <summary>A database opened as a test needs it, and a way to hold its writer so that what follows is one batch.</summary>
internal sealed class SqliteFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SqliteFixture(Func<SqliteOptions, SqliteOptions>? configure = null)
    {
        Options = new SqliteOptions { DataPath = Path.Combine(_folder.Path, "data") };
        Options = configure?.Invoke(Options) ?? Options;
        Open();
    }

    public SqliteOptions Options { get; set; }

    public SqliteDatabase Database { get; private set; } = null!;

    public IStateStore State { get; private set; } = null!;

    public static StateKey Key(int i) => new("state", $"key:{i}");

    public void Restart()
    {
        Database.Dispose();
        Open();
    }

    public ValueTask<StateWriteResult> InsertAsync(int i) =>
        State.WriteAsync(Key(i), Encoding.UTF8.GetBytes($"{i}"), etag: null, TestContext.Current.CancellationToken);

    public async Task<string?> ReadAsync(int i) =>
        await State.ReadAsync(Key(i), TestContext.Current.CancellationToken) is { } stored ? Encoding.UTF8.GetString(stored.Payload) : null;

    /// <summary>Starts writes while the writer is held, so that they share one transaction.</summary>
    public async Task<Task[]> InOneBatchAsync(params Func<Task>[] writes)
    {
        using var release = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hold = Database.WriteAsync(0, (_, _) =>
        {
            held.TrySetResult();
            release.Wait(TimeSpan.FromMinutes(2));
            return 0;
        }, CancellationToken.None);
        await held.Task;
        Task[] started = [.. writes.Select(write => write())];
        release.Set();
        await hold;
        await Task.WhenAll(started).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return started;
    }

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }

    private void Open()
    {
        Database = SqliteDatabase.Open(Options);
        State = new SqliteStateStore(Database);
    }
}
