using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Npgsql;

namespace Actors.Engine.Tests.Storage.Postgres;

/// <summary>Connections and servers that go away in the middle of a write.</summary>
public sealed class PostgresLossTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_WhenTheConnectionIsLostBeforeCommit_IsWrittenOnANewOne()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        var first = await storage.InsertAsync(1);
        storage.Before = () => OnceAsync(() => storage.Before = null, storage.TerminateAsync);

        Assert.Equal(StateWriteStatus.Written, (await storage.WriteAsync(1, first.ETag)).Status);
        Assert.Equal([1, 1, 1], storage.Batches);
    }

    [Fact]
    public async Task Write_WhenTheConnectionIsLostAfterCommit_IsKnownToBeIn()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        var updated = await storage.InsertAsync(1);
        var cleared = await storage.InsertAsync(2);
        var stale = await storage.InsertAsync(3);
        await storage.InOneBatchAsync();
        storage.After = () => storage.Batches[^1] == 4 ? LoseAsync(storage) : Task.CompletedTask;

        var results = new StateWriteResult[4];
        await storage.InOneBatchAsync(
            async () => results[0] = await storage.WriteAsync(1, updated.ETag),
            async () => results[1] = await storage.State.ClearAsync(PostgresFixture.Key(2), cleared.ETag!, Cancel),
            async () => results[2] = await storage.WriteAsync(3, updated.ETag),
            async () => results[3] = await storage.InsertAsync(4));

        Assert.Equal([4, 4], storage.Batches.TakeLast(2));
        Assert.Equal(
            [StateWriteStatus.Written, StateWriteStatus.Written, StateWriteStatus.Conflict, StateWriteStatus.Written],
            results.Select(result => result.Status));
        Assert.Equal(stale.ETag, results[2].ETag);
        Assert.Equal(results[0].ETag, (await storage.State.ReadAsync(PostgresFixture.Key(1), Cancel))!.ETag);
        Assert.Equal(results[3].ETag, (await storage.State.ReadAsync(PostgresFixture.Key(4), Cancel))!.ETag);
    }

    [Fact]
    public async Task Append_WhenTheConnectionIsLostAfterCommit_AnswersTheRowsOnce()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        var log = new PostgresTallyLog(storage.Database, TimeProvider.System);
        await log.AppendAsync(new Scans().Take(1), Cancel);
        var rows = new Scans().Take(3);
        storage.After = () => LoseAsync(storage);

        Assert.Equal(rows, await log.AppendAsync(rows, Cancel));

        storage.After = () => LoseAsync(storage);
        await log.DecideAsync("expo", Scans.Decide(rows), Cancel);
        Assert.Equal(rows.Select(row => row.EventId), (await log.ReadAsync("expo", 0, 10, Cancel)).Events.Select(e => e.EventId));
    }

    [Fact]
    public async Task Token_WhenTheConnectionIsLostAfterCommit_IsInserted()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        var tokens = new PostgresTokenStore(storage.Database);
        var token = new ApiToken("a", "first", ["admin"], [1, 2, 3], DateTimeOffset.UnixEpoch, RevokedAt: null);
        storage.After = () => LoseAsync(storage);
        Assert.True(await tokens.InsertFirstAsync(token, "admin", Cancel));

        storage.After = () => LoseAsync(storage);
        Assert.True(await tokens.RevokeAsync("a", DateTimeOffset.UnixEpoch.AddDays(1), Cancel));
        Assert.False(await tokens.RevokeAsync("a", DateTimeOffset.UnixEpoch.AddDays(1), Cancel));
    }

    [Fact]
    public async Task Batch_ThatArrivesAfterItsWriterHasGoneOn_DoesNotCommit()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        await storage.InsertAsync(1);
        var late = await storage.ScalarAsync<long>("SELECT batch FROM storage_writer");
        var writer = await storage.ScalarAsync<Guid>("SELECT id FROM storage_writer");
        storage.Before = () => OnceAsync(() => storage.Before = null, storage.TerminateAsync);
        await storage.InsertAsync(2);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            storage.ScalarAsync<object>($"SELECT actors_begin_batch('{writer}', {late}, 1, '', '', NULL)"));

        Assert.Equal(PostgresFailure.GivenUp, refusal.SqlState);
    }

    [Fact]
    public async Task Write_WhileTheServerRestarts_LosesNothingAcknowledgedAndRecovers()
    {
        await using var storage = await PostgresFixture.OpenAsync(ownServer: true);
        var acknowledged = new List<int>();
        var failed = new List<Exception>();
        using var stop = new CancellationTokenSource();
        var next = 0;
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(WriteUntilStoppedAsync, Cancel)));

        await storage.Server.StopAsync("immediate");
        while (storage.Database.Problem is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }

        await Assert.ThrowsAsync<IOException>(() => storage.ReadAsync(0));
        await storage.Server.StartAgainAsync();
        while (!await storage.Database.ProbeAsync(Cancel))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }

        await stop.CancelAsync();
        await writers;
        Assert.All(failed, failure => Assert.IsType<IOException>(failure));
        Assert.NotEmpty(acknowledged);
        foreach (var i in acknowledged)
        {
            Assert.Equal($"{i}", await storage.ReadAsync(i));
        }

        async Task WriteUntilStoppedAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                var i = Interlocked.Increment(ref next);
                try
                {
                    var result = await storage.InsertAsync(i);
                    lock (acknowledged)
                    {
                        Assert.Equal(StateWriteStatus.Written, result.Status);
                        acknowledged.Add(i);
                    }
                }
                catch (IOException failure)
                {
                    lock (acknowledged)
                    {
                        failed.Add(failure);
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Write_ToADatabaseRestoredFromABackup_IsRefused()
    {
        await using var storage = await PostgresFixture.OpenAsync(ownServer: true);
        await storage.InsertAsync(1);
        await storage.Server.StopAsync();
        await storage.Server.BackUpAsync();
        await storage.Server.StartAgainAsync();
        await storage.InsertAsync(2);
        await storage.Server.StopAsync();
        await storage.Server.RestoreAsync();
        await storage.Server.StartAgainAsync();

        await Assert.ThrowsAsync<DatabaseRestoredException>(() => storage.InsertAsync(3));
        await Assert.ThrowsAsync<DatabaseRestoredException>(() => storage.ReadAsync(1));
        Assert.Contains("replaced", storage.Database.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE storage_generation SET id = gen_random_uuid()", "another database")]
    [InlineData("UPDATE storage_generation SET counter = 0", "generation is 0")]
    [InlineData("DELETE FROM storage_writer", "not there")]
    [InlineData("DELETE FROM storage_generation", "empty")]
    public async Task Write_ToADatabaseThatIsNotWhatItWas_IsRefused(string change, string expected)
    {
        await using var storage = await PostgresFixture.OpenAsync();
        await storage.InsertAsync(1);
        await storage.ScalarAsync<object>(change);
        await storage.TerminateAsync();

        var refusal = await Assert.ThrowsAsync<DatabaseRestoredException>(() => storage.InsertAsync(2));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task LoseAsync(PostgresFixture storage)
    {
        storage.After = null;
        await storage.TerminateAsync();
        throw new IOException("The answer was lost.");
    }

    private static async Task OnceAsync(Action disarm, Func<Task> action)
    {
        disarm();
        await action();
    }
}
