using Actors.Engine.Cluster;
using Actors.TestKit.Clusters;
using Actors.TestKit.Time;

namespace Actors.Engine.Tests.Cluster;

public sealed class MemoryMembershipTableTests : MembershipTableConformance
{
    private readonly MemoryMembershipTable _table = new(new ManualTimeProvider(), Options);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<IMembershipTable> CreateAsync() => Task.FromResult<IMembershipTable>(_table);

    protected override Task PassAsync(TimeSpan time)
    {
        _table.Shift += time;
        return Task.CompletedTask;
    }

    protected override Task<bool> CanWriteAsync(ClusterMember member) => Task.FromResult(_table.CanWrite(member));
}
