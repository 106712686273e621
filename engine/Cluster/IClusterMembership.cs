namespace Actors.Engine.Cluster;

/// <summary>What the rest of a process knows and tells of the cluster's members.</summary>
public interface IClusterMembership
{
    /// <summary>This process as a silo; null in one that only calls, and before it has joined.</summary>
    ClusterMember? Self { get; }

    /// <summary>
    /// Whether this silo cannot prove that it is a member any more (its lease ran out on its own clock, or it was
    /// evicted and has not joined again): it keeps its activations but answers nothing.
    /// </summary>
    bool IsParked { get; }

    /// <summary>The newest view known here.</summary>
    ClusterView View { get; }

    /// <summary>Calls back after <see cref="View"/> has changed, with the new one; handlers return at once.</summary>
    void OnViewChanged(Action<ClusterView> handler);

    /// <summary>
    /// Calls back when <see cref="Self"/> was evicted: its activations are void. It joins again by itself, under a
    /// new epoch, after the handlers have returned.
    /// </summary>
    void OnEvicted(Action handler);

    /// <summary>Reads the view again unless it has at least this version already. Never throws; the deadline is short.</summary>
    Task RefreshAsync(long version, CancellationToken cancellationToken);

    /// <summary>
    /// Says that a silo refuses connections or is silent. It may refute within <see cref="MembershipOptions.RefutationTime"/>,
    /// and is evicted otherwise. Returns at once; saying it again while it is pending costs nothing.
    /// </summary>
    void Suspect(ClusterMember member, string reason);
}
