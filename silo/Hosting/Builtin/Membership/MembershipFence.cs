using Actors.Engine.Cluster;
using Actors.Silo.Storage.Postgres;

namespace Actors.Silo.Hosting.Membership;

/// <summary>Has the storage write as the member that this process is at the moment; whether it still is one, the database decides.</summary>
internal sealed class MembershipFence(Func<IClusterMembership?> membership, string cluster) : IMembershipFence
{
    private volatile MembershipStamp? _last;

    public MembershipStamp? Current
    {
        get
        {
            if (membership()?.Self is not { } member)
            {
                return null;
            }

            var stamp = _last;
            return stamp?.Epoch == member.Epoch ? stamp : _last = new MembershipStamp(cluster, member.Id, member.Epoch);
        }
    }
}
