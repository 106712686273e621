using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Histories;
using Actors.TestKit.Loads;
using Actors.TestKit.Processes;
using Npgsql;

namespace Actors.Api.Tests.Cluster;

/// <summary>Fifty readers on three silos tell each other what they saw: nothing is lost with a silo, and nobody needs the log to learn it.</summary>
[Collection(FaultFixture.Name)]
public sealed class ClusterGossipTests(FaultFixture fixture)
{
    private const int Readers = 50;
    private const int Scans = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private readonly string _campaign = $"gossip-{Guid.NewGuid():N}";

    private ProcessCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Readers_ASiloIsKilledWhileEventsArrive_AllKnowEverythingWithoutTheLog()
    {
        using var bound = Bound();
        var venue = await Venue.OpenAsync(Cluster.Apis[0].Process, _campaign, Readers, bound.Token);
        var history = new ScanHistory();
        await using (var load = ScanLoad.Start(venue, [.. Cluster.Apis.Select(api => api.Process)], history))
        {
            await load.UntilServedAsync(Scans, bound.Token);
            await Cluster.Silos[1].Process.KillAsync();
            await load.UntilServedAsync(Scans, bound.Token);
            await load.StopAsync(bound.Token);
        }

        var stored = await StoredLog.ReadAsync(Cluster.Database, _campaign, bound.Token);
        Assert.Empty(history.Check(stored));
        await using (await HideLogOnceKnownAsync(venue, stored, bound.Token))
        {
            // a process that starts without the log has it all from the others
            await Cluster.Silos[1].StartAsync(bound.Token);
            await Cluster.UntilWholeAsync(bound.Token);
            await AllKnowAsync(venue, stored, bound.Token);
        }
    }

    private static CancellationTokenSource Bound()
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        return bound;
    }

    /// <summary>
    /// Hides the log when all know everything without it. What the dead silo had stored and told nobody is in the log
    /// alone: the others look for it there, which takes them a moment.
    /// </summary>
    private async Task<IAsyncDisposable> HideLogOnceKnownAsync(Venue venue, IReadOnlyList<StoredScan> stored, CancellationToken cancellationToken)
    {
        while (true)
        {
            var hidden = await HideLogAsync(cancellationToken);
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(Hidden);
                await AllKnowAsync(venue, stored, limit.Token);
                return hidden;
            }
            catch (Exception unknown)
            {
                await hidden.DisposeAsync();
                if (unknown is not TimeoutException || cancellationToken.IsCancellationRequested)
                {
                    throw;
                }

                await Task.Delay(Shown, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Ends when every reader, asked by every server, lists every scan; it can do so from memory only.</summary>
    private async Task AllKnowAsync(Venue venue, IReadOnlyList<StoredScan> stored, CancellationToken cancellationToken)
    {
        var expected = stored.Select(scan => scan.Event).ToHashSet();
        Assert.True(expected.Count >= Readers * Scans * 2, $"{expected.Count} scans");
        foreach (var api in Cluster.Apis)
        {
            using var client = api.Process.CreateClient(admin: false);
            foreach (var reader in venue.Readers)
            {
                var (known, why) = (-1, "");
                try
                {
                    while (true)
                    {
                        (var events, why) = await ListAsync(client, reader, cancellationToken);
                        known = events.Count;
                        if (expected.IsSubsetOf(events))
                        {
                            break;
                        }

                        await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
                    }
                }
                catch (OperationCanceledException late)
                {
                    throw new TimeoutException(
                        $"A reader knows {known} of {expected.Count} scans. {why}\n"
                        + string.Join('\n', Cluster.Silos.Select(silo => $"--- {silo.Name}\n{silo.Process.Output}")),
                        late);
                }
            }
        }
    }

    private static async Task<(HashSet<Guid> Events, string Why)> ListAsync(HttpClient client, Guid reader, CancellationToken cancellationToken)
    {
        var known = new HashSet<Guid>();
        object since = 0;
        while (true)
        {
            using var answer = await client.PostAsJsonAsync($"/pointage/?uuid={reader}", new { events = Array.Empty<object>(), since, limit = 1_000 }, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return (known, await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            var data = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("data");
            known.UnionWith(data.GetProperty("events").EnumerateArray().Select(row => row.GetProperty("event").GetGuid()));
            since = data.GetProperty("timestamp");
            if (!data.GetProperty("more").GetBoolean())
            {
                return (known, "");
            }
        }
    }

    /// <summary>Nobody can read the log or write it until this is disposed of.</summary>
    private async Task<IAsyncDisposable> HideLogAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("ALTER TABLE tally_event RENAME TO tally_event_hidden", cancellationToken);
        return new Curtain(() => ExecuteAsync("ALTER TABLE tally_event_hidden RENAME TO tally_event", CancellationToken.None));
    }

    private async Task ExecuteAsync(string command, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Cluster.Database);
        await using var sql = source.CreateCommand(command);
        await sql.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Curtain(Func<Task> end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(end());
    }
}
