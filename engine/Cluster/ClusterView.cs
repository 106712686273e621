using System.Collections.Immutable;
using Orleans.Runtime;

namespace Actors.Engine.Cluster;

/// <summary>The silos that hold grains, as of one version; every process that has the same version places grains alike.</summary>
public sealed class ClusterView
{
    private readonly ImmutableArray<ulong> _seeds;

    /// <param name="version">Rises with every change of the members.</param>
    /// <param name="members">The silos that grains are placed on.</param>
    public ClusterView(long version, IEnumerable<ClusterMember> members)
    {
        Version = version;
        Members = [.. members.OrderBy(member => member.Id, StringComparer.Ordinal)];
        _seeds = [.. Members.Select(member => StableHash.Of(member.Id))];
    }

    /// <summary>What a process knows before it has asked.</summary>
    public static ClusterView Unknown { get; } = new(0, []);

    public long Version { get; }

    /// <summary>The silos, in the order of their names.</summary>
    public ImmutableArray<ClusterMember> Members { get; }

    /// <summary>
    /// The silo that holds a grain, by rendezvous hashing (highest random weight): when a silo comes or goes, only
    /// grains that it gains or had move. Null when there is no silo.
    /// </summary>
    public ClusterMember? OwnerOf(GrainId grain)
    {
        if (Members.Length == 1)
        {
            return Members[0];
        }

        var key = StableHash.Of(grain);
        var (best, weight) = (-1, 0UL);
        for (var i = 0; i < _seeds.Length; i++)
        {
            var candidate = StableHash.Mix(_seeds[i] ^ key);
            if (best < 0 || candidate > weight)
            {
                (best, weight) = (i, candidate);
            }
        }

        return best < 0 ? null : Members[best];
    }

    /// <summary>The silo in this life of it, if it is in the view.</summary>
    public bool Contains(ClusterMember member) => Members.Contains(member);

    public override string ToString() => $"view {Version}: {string.Join(", ", Members)}";
}
