using Actors.Silo.Storage.Postgres;
using Orleans.Runtime;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>Has the storage write as the silo that this process is; whether it still is one, the database decides.</summary>
internal sealed class OrleansFence(ILocalSiloDetails silo, string cluster) : IMembershipFence
{
    public MembershipStamp Current { get; } = new(cluster, SiloNames.Id(silo.SiloAddress), SiloNames.Epoch(silo.SiloAddress));

    MembershipStamp? IMembershipFence.Current => Current;
}
