using Actors.Engine.Cluster;
using Actors.Engine.Tests.Grains;
using Actors.TestKit.Clusters;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Builtin.Cluster;

/// <summary>Calls between processes, over sockets.</summary>
public sealed class RoutingTests : IAsyncLifetime
{
    private readonly SiloGroup _group = new(new MemoryMembershipTable(TimeProvider.System, new MembershipOptions())) { ResponseTimeout = TimeSpan.FromSeconds(10) };
    private SiloGroup.Node _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(_group.StartSiloAsync("s1"), _group.StartSiloAsync("s2"), _group.StartSiloAsync("s3"));
        _client = await _group.StartClientAsync();
        foreach (var silo in _group.Silos)
        {
            await silo.SeesAsync(3);
        }

        await _client.SeesAsync(3);
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Fact]
    public async Task Call_FromEveryProcess_ReachesTheOneActivation()
    {
        var keys = Keys(60);
        var first = await ActivationsAsync(_client, keys);
        foreach (var silo in _group.Silos)
        {
            Assert.Equal(first, await ActivationsAsync(silo, keys));
        }

        Assert.All(_group.Silos, silo => Assert.InRange(silo.Activations, 1, 59));
        Assert.Equal(60, _group.Silos.Sum(silo => silo.Activations));
        Assert.Equal(0, _client.Activations);
    }

    [Fact]
    public async Task Call_Throws_ExceptionKeepsItsTypeAndMembers()
    {
        foreach (var key in Keys(12))
        {
            var error = await Assert.ThrowsAsync<WorkerException>(() => _client.Grains.GetGrain<IWorkerGrain>(key).FailAsync("as planned", late: true));
            Assert.Contains("as planned", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Call_ComesBackToItsOwnChainOverProcesses_FailsAtOnceUnlessItInterleaves()
    {
        foreach (var key in Keys(12))
        {
            var worker = _client.Grains.GetGrain<IWorkerGrain>(key);
            var other = $"relay:{key}";

            await Assert.ThrowsAsync<Runtime.CallChainDeadlockException>(() => worker.CallThroughAsync(other, nameof(IWorkerGrain.OneAsync)));
            Assert.Equal(1, await worker.CallThroughAsync(other, nameof(IWorkerGrain.OneInterleavingAsync)));
        }
    }

    [Fact]
    public async Task Call_Cancelled_EndsAtOnceForTheCaller()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var worker = _client.Grains.GetGrain<IWorkerGrain>("worker:cancelled");
        var call = worker.PassCancellableAsync("held", source.Token);
        await _group.Gates["held"].Entered;

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        _group.Gates["held"].Open();
        Assert.Equal(1, await worker.CountAsync());
    }

    [Fact]
    public async Task Call_CancelledBeforeItsTurn_NeverBegins()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var worker = _client.Grains.GetGrain<IWorkerGrain>("worker:waiting");
        var first = worker.PassAsync("first");
        await _group.Gates["first"].Entered;
        var second = worker.PassCancellableAsync("second", source.Token);

        // Interleaving calls overtake, so that this one has come after the second on the same connection.
        await worker.OneInterleavingAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await worker.OneInterleavingAsync();
        _group.Gates["first"].Open();
        await first;

        Assert.Equal(1, await worker.CountAsync());
        Assert.Equal(0, _group.Gates["second"].Count);
    }

    [Fact]
    public async Task Call_OneWay_Arrives()
    {
        foreach (var key in Keys(6))
        {
            await _client.Grains.GetGrain<IWorkerGrain>(key).TellAsync($"told:{key}");
            await _group.Gates[$"told:{key}"].Entered.WaitAsync(Stop);
            _group.Gates[$"told:{key}"].Open();
        }
    }

    [Fact]
    public async Task Call_TooLarge_IsRefusedAloneAndTheConnectionGoesOn()
    {
        var worker = _client.Grains.GetGrain<IWorkerGrain>("worker:large");
        await worker.OneAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => worker.FailAsync(new string('x', 17 << 20), late: false));

        Assert.Equal(1, await worker.OneAsync());
    }

    [Fact]
    public async Task Observer_InAnyProcess_HearsGrainsOfAnySilo()
    {
        foreach (var process in _group.Silos.Append(_client).ToList())
        {
            foreach (var key in Keys(6))
            {
                var listener = new Listener();
                var reference = process.Grains.CreateObjectReference<IListener>(listener);
                var bell = _client.Grains.GetGrain<IBellGrain>($"bell:{key}");
                await bell.SubscribeAsync(reference);

                Assert.Equal(1, await bell.RingAsync(7));

                Assert.Equal(7, await listener.Heard.WaitAsync(Stop));
                await bell.UnsubscribeAsync(reference);
            }
        }
    }

    [Fact]
    public async Task Silo_Leaves_NoCallFailsAndOnlyItsGrainsMove()
    {
        var keys = Keys(60);
        var before = await ActivationsAsync(_client, keys);
        var leaving = _group.Silos.First();
        var gone = keys.Where(key => _client.Membership.View.OwnerOf(IdOf(key)) == leaving.Membership.Self).ToHashSet();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var load = Task.WhenAll(Enumerable.Range(0, 8).Select(i => LoadAsync(keys, i, enough.Token)));

        await leaving.LeaveAsync();
        await _client.SeesAsync(2);
        var after = await ActivationsAsync(_client, keys);
        await enough.CancelAsync();
        await load;

        Assert.NotEmpty(gone);
        Assert.All(keys, (key, i) => Assert.Equal(!gone.Contains(key), before[i] == after[i]));
    }

    [Fact]
    public async Task Silo_Left_CallsForOthersAreRefusedByIt()
    {
        var leaving = _group.Silos.First();
        var elsewhere = Keys(60).First(key => leaving.Membership.View.OwnerOf(IdOf(key)) != leaving.Membership.Self);

        await leaving.Host.StopAsync(Stop);

        // What still runs in it, a report or a timer of its host, must get an answer, and not take the process down.
        await Assert.ThrowsAsync<SiloUnavailableException>(() => leaving.Grains.GetGrain<IWorkerGrain>(elsewhere).ActivationAsync());
    }

    [Fact]
    public async Task Silos_RestartedOneByOneUnderWrites_NoneFailsAndNoneIsLost()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var load = Enumerable.Range(0, 24).Select(i => AddAsync($"ledger:{i}", enough.Token)).ToList();

        foreach (var silo in _group.Silos.ToList())
        {
            var id = silo.Membership.Self!.Id;
            await silo.LeaveAsync();
            await _client.SeesAsync(2);
            await _group.StartSiloAsync(id);
            await _client.SeesAsync(3);
        }

        await enough.CancelAsync();
        var written = await Task.WhenAll(load);
        for (var i = 0; i < written.Length; i++)
        {
            Assert.NotEqual(0, written[i]);
            Assert.Equal(written[i], await _client.Grains.GetGrain<ILedgerGrain>($"ledger:{i}").TotalAsync());
        }
    }

    [Fact]
    public async Task Silo_Killed_ItsGrainsLiveOnElsewhere()
    {
        var keys = Keys(60);
        var before = await ActivationsAsync(_client, keys);
        var killed = _group.Silos.First();
        var gone = keys.Where(key => _client.Membership.View.OwnerOf(IdOf(key)) == killed.Membership.Self).ToHashSet();

        await killed.KillAsync();
        var after = await ActivationsAsync(_client, keys);

        Assert.NotEmpty(gone);
        Assert.All(keys, (key, i) => Assert.Equal(!gone.Contains(key), before[i] == after[i]));
    }

    [Fact]
    public async Task Silo_Joins_TakesItsShare()
    {
        var keys = Keys(60);
        await ActivationsAsync(_client, keys);

        var joined = await _group.StartSiloAsync("s4");
        await _client.SeesAsync(4);
        await ActivationsAsync(_client, keys);

        Assert.InRange(joined.Activations, 1, 59);
    }

    private static List<string> Keys(int count) => [.. Enumerable.Range(0, count).Select(i => $"worker:{i}")];

    private static GrainId IdOf(string key) => GrainId.Create("worker", key);

    // As many as were acknowledged.
    private async Task<int> AddAsync(string key, CancellationToken enough)
    {
        var ledger = _client.Grains.GetGrain<ILedgerGrain>(key);
        var total = 0;
        while (!enough.IsCancellationRequested)
        {
            total++;
            Assert.Equal(total, await ledger.AddAsync(1));
        }

        return total;
    }

    private async Task LoadAsync(List<string> keys, int start, CancellationToken enough)
    {
        for (var i = start; !enough.IsCancellationRequested; i += 7)
        {
            await _client.Grains.GetGrain<IWorkerGrain>(keys[i % keys.Count]).OneAsync();
        }
    }

    // One that was sent to a silo at the moment of its death may be lost: it is asked again, as callers do.
    private static async Task<List<Guid>> ActivationsAsync(SiloGroup.Node from, List<string> keys) =>
        [.. await Task.WhenAll(keys.Select(key => AskAsync(from.Grains.GetGrain<IWorkerGrain>(key))))];

    private static async Task<Guid> AskAsync(IWorkerGrain worker)
    {
        while (true)
        {
            try
            {
                return await worker.ActivationAsync();
            }
            catch (SiloUnavailableException) when (!Stop.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class Listener : IListener
    {
        private readonly TaskCompletionSource<int> _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int> Heard => _heard.Task;

        public Task RingAsync(int number)
        {
            _heard.TrySetResult(number);
            return Task.CompletedTask;
        }
    }
}
