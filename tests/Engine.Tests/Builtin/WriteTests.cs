using Actors.Engine.Tests.Conformance;
using Actors.Engine.Tests.Grains;
using Actors.TestKit.Clusters;

namespace Actors.Engine.Tests.Builtin;

/// <summary>What the built-in engine promises of writes beyond Orleans, to grains that take no care themselves.</summary>
public sealed class WriteTests : ClusterTests
{
    private FaultyStateStore? _store;

    private ILedgerGrain Ledger => Grains.GetGrain<ILedgerGrain>("l1");

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 13)]
    public async Task Write_FailsInAGrainThatTakesNoCare_TheActivationGoesAway(bool done, int total)
    {
        await Ledger.AddCarelesslyAsync(3);
        _store!.FailsBeforeWrite = !done;
        _store.FailsAfterWrite = done;

        await Assert.ThrowsAnyAsync<Exception>(() => Ledger.AddCarelesslyAsync(10));

        Assert.Equal(total, await Ledger.TotalAsync());
        Assert.Equal(total + 1, await Ledger.AddCarelesslyAsync(1));
    }

    [Fact]
    public async Task Writes_OfInterleavingCalls_FollowEachOther()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Ledger.AddInterleavingAsync(1)));

        await Cluster.DeactivateAllAsync();
        Assert.Equal(100, await Ledger.TotalAsync());
    }

    protected override void Configure(GrainClusterOptions options) => FaultyStateStore.AddTo(options, store => _store = store);
}
