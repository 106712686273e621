using Actors.Engine.Tests.Grains;
using Actors.Silo.Storage;
using Actors.TestKit.Clusters;
using Orleans.Storage;

namespace Actors.Engine.Tests.Conformance;

public sealed class StateTests : ClusterTests
{
    private FaultyStateStore? _store;

    private ILedgerGrain Ledger => Grains.GetGrain<ILedgerGrain>("l1");

    [Fact]
    public async Task State_Written_IsThereInTheNextActivation()
    {
        Assert.Equal(0, await Ledger.TotalAsync());
        Assert.False(await Ledger.ExistsAsync());
        await Ledger.AddAsync(3);
        await Ledger.NoteAsync("three");

        await Cluster.RestartAsync(orderly: false);

        Assert.Equal(3, await Ledger.TotalAsync());
        Assert.Equal("three", await Ledger.NoteAsync(null));
        Assert.True(await Ledger.ExistsAsync());
        Assert.False(await Ledger.ConstructorSawStateAsync());
        Assert.Equal(5, await Ledger.AddAsync(2));
    }

    [Fact]
    public async Task State_Cleared_IsGoneAndCanBeMadeAgain()
    {
        await Ledger.AddAsync(3);

        await Ledger.ClearAsync();
        Assert.False(await Ledger.ExistsAsync());
        Assert.Equal(0, await Ledger.TotalAsync());
        await Cluster.DeactivateAllAsync();
        Assert.False(await Ledger.ExistsAsync());

        Assert.Equal(4, await Ledger.AddAsync(4));
        await Ledger.ClearAsync();
        Assert.Equal(5, await Ledger.AddAsync(5));
        await Cluster.DeactivateAllAsync();
        Assert.Equal(5, await Ledger.TotalAsync());
    }

    [Fact]
    public async Task State_ClearedWithoutARecord_StaysCleared()
    {
        await Ledger.ClearAsync();

        Assert.False(await Ledger.ExistsAsync());
        Assert.Equal(1, await Ledger.AddAsync(1));
    }

    [Fact]
    public async Task State_ReadAgain_DropsWhatWasNotWritten()
    {
        await Ledger.AddAsync(3);

        Assert.Equal(3, await Ledger.AddWithoutWritingThenReadAsync(10));
    }

    [Fact]
    public async Task Write_StoreFails_CallerIsToldAndTheNextActivationReadsWhatIsStored()
    {
        await Ledger.AddAsync(3);
        _store!.FailsBeforeWrite = true;

        await Assert.ThrowsAnyAsync<Exception>(() => Ledger.AddAsync(10));

        Assert.Equal(3, await Ledger.TotalAsync());
        Assert.Equal(4, await Ledger.AddAsync(1));
    }

    [Fact]
    public async Task Write_DoneButNotConfirmed_IsFoundByTheNextActivation()
    {
        await Ledger.AddAsync(3);
        _store!.FailsAfterWrite = true;

        await Assert.ThrowsAnyAsync<Exception>(() => Ledger.AddAsync(10));

        Assert.Equal(13, await Ledger.TotalAsync());
        Assert.Equal(14, await Ledger.AddAsync(1));
    }

    [Fact]
    public async Task Write_RowChangedByAnother_IsInconsistentAndTheActivationGoesAway()
    {
        await Ledger.AddAsync(3);
        await OverwriteAsync(7);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Ledger.AddAsync(10));

        Assert.Equal(7, await Ledger.TotalAsync());
        Assert.Equal(9, await Ledger.AddAsync(2));
    }

    [Fact]
    public async Task FirstWrite_RowMadeByAnother_IsInconsistent()
    {
        await Ledger.TotalAsync();
        await OverwriteAsync(7);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Ledger.AddAsync(10));

        Assert.Equal(7, await Ledger.TotalAsync());
    }

    [Fact]
    public async Task Grains_ManyTouchedAtOnce_AllFindTheirState()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Grains.GetGrain<ILedgerGrain>($"many{i}").AddAsync(i)));
        await Cluster.RestartAsync();

        var totals = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Grains.GetGrain<ILedgerGrain>($"many{i}").TotalAsync()));

        Assert.Equal(Enumerable.Range(0, 500), totals);
    }

    protected override void Configure(GrainClusterOptions options) => FaultyStateStore.AddTo(options, store => _store = store);

    // As another process would: the row is encoded by the engine that runs, so that either can read it.
    private async Task OverwriteAsync(int total)
    {
        await Grains.GetGrain<ILedgerGrain>("another").AddAsync(total);
        var written = await _store!.ReadAsync(new StateKey("test-ledger", "another"), Stop);
        var key = new StateKey("test-ledger", "l1");
        var row = await _store.ReadAsync(key, Stop);
        Assert.Equal(StateWriteStatus.Written, (await _store.WriteAsync(key, written!.Payload, row?.ETag, Stop)).Status);
    }
}
