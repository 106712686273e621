using Actors.Engine.Cluster;
using Actors.Engine.Tests.Cluster;
using Actors.Engine.Tests.Grains;
using Actors.TestKit.Clusters;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Builtin.Cluster;

/// <summary>A silo that cannot renew its lease.</summary>
public sealed class ParkingTests : IAsyncLifetime
{
    private readonly SimulatedTableLink _link = new(new MemoryMembershipTable(TimeProvider.System, new MembershipOptions()));
    private readonly SiloGroup _group;

    public ParkingTests() => _group = new SiloGroup(_link);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Fact]
    public async Task Call_UnderWayWhenItsSiloParks_IsToldAsUnknownAndLaterOnesAsNotDone()
    {
        var silo = await _group.StartSiloAsync("s1");
        var client = await _group.StartClientAsync();
        await client.SeesAsync(1);
        var worker = client.Grains.GetGrain<IWorkerGrain>("worker:parked");
        var call = worker.PassAsync("held");
        await _group.Gates["held"].Entered;

        _link.Fault = TableFault.Refuses;
        var unknown = await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.Contains("unknown", unknown.Message, StringComparison.Ordinal);
        Assert.True(silo.Membership.IsParked);
        var refused = await Assert.ThrowsAsync<SiloUnavailableException>(worker.OneAsync);
        Assert.Contains("nothing was done", refused.Message, StringComparison.Ordinal);

        _link.Fault = TableFault.None;
        _group.Gates["held"].Open();
        Assert.Equal(1, await CountAsync(worker));
    }

    // Refused until it resumes.
    private static async Task<int> CountAsync(IWorkerGrain worker)
    {
        while (true)
        {
            try
            {
                return await worker.CountAsync();
            }
            catch (SiloUnavailableException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
