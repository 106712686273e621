using Actors.Silo.Storage.Postgres;

namespace Actors.Engine.Tests.Storage.Postgres;

/// <summary>What several processes on one log have to keep, and what is forgotten.</summary>
public sealed class PostgresTallyLogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_WithACursorWhileTwoProcessesDecide_MissesNothing()
    {
        await using var one = await PostgresFixture.OpenAsync();
        await using var two = PostgresDatabase.Open(one.Options with { BeforeBatch = null, AfterBatch = null, Writers = 2 });
        PostgresTallyLog[] logs = [new(one.Database, TimeProvider.System), new(two, TimeProvider.System)];
        var done = Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => WriteAsync(logs[i % 2]), Cancel)));
        var seen = new List<long>();
        for (var last = false; !last;)
        {
            last = done.IsCompleted;
            var page = await logs[0].ReadAsync("expo", seen.Count == 0 ? 0 : seen[^1], 50, Cancel);
            seen.AddRange(page.Events.Select(e => e.Position));
            last &= !page.More;
        }

        await done;
        Assert.Equal(8 * 30, seen.Count);
        Assert.Equal(seen.Distinct().Order(), seen);

        static async Task WriteAsync(PostgresTallyLog log)
        {
            var reader = new Scans();
            for (var i = 0; i < 30; i++)
            {
                await log.DecideAsync("expo", Scans.Decide(await log.AppendAsync(reader.Take(1), Cancel)), Cancel);
            }
        }
    }

    [Fact]
    public async Task Append_OfOneEventByTwoProcessesAtOnce_AppendsItOnce()
    {
        await using var one = await PostgresFixture.OpenAsync();
        await using var two = PostgresDatabase.Open(one.Options with { BeforeBatch = null, AfterBatch = null });
        PostgresTallyLog[] logs = [new(one.Database, TimeProvider.System), new(two, TimeProvider.System)];
        for (var round = 0; round < 20; round++)
        {
            var id = Guid.NewGuid();
            var rows = await Task.WhenAll(logs.Select(log => Task.Run(async () => (await log.AppendAsync([new Scans().Next(id)], Cancel))[0], Cancel)));
            Assert.Equal(rows[0], rows[1]);
        }

        Assert.Equal(20, await one.ScalarAsync<long>("SELECT count(*) FROM tally_event"));
    }

    [Fact]
    public async Task Forget_OfMonthsBefore_DropsThemAndTheirEventIds()
    {
        await using var storage = await PostgresFixture.OpenAsync();
        await storage.ScalarAsync<object>("SELECT actors_add_tally_month('2025-01-15'), actors_add_tally_month('2025-02-15')");
        var log = new PostgresTallyLog(storage.Database, TimeProvider.System);
        var reader = new Scans();
        var (old, older, kept) = (Row("2024-12-31T23:59:59Z"), Row("2025-01-31T23:59:59.9999999Z"), Row("2025-02-01T00:00:00Z"));
        await log.AppendAsync([old, older, kept], Cancel);
        await log.DecideAsync("expo", Scans.Decide([old, older, kept]), Cancel);

        Assert.Equal(2, await log.ForgetAsync(DateTimeOffset.Parse("2025-02-20", System.Globalization.CultureInfo.InvariantCulture), Cancel));

        Assert.Equal([kept.EventId], (await log.ReadAsync("expo", 0, 10, Cancel)).Events.Select(e => e.EventId));
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM tally_event_id"));
        Assert.Null(await storage.ScalarAsync<string>("SELECT to_regclass('tally_event_202501')::text"));
        Assert.Equal(3, (await log.LastAsync(reader.ReaderId, Cancel)).Sequence);

        Actors.Tallying.LoggedScan Row(string received) =>
            reader.Next() with { ReceivedAt = DateTimeOffset.Parse(received, System.Globalization.CultureInfo.InvariantCulture) };
    }
}
