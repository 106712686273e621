namespace Actors.Engine.Cluster;

/// <summary>
/// The cluster's members in a place that all processes share; every act is one transaction there, by the clock there.
/// Outages throw; whoever calls tries again.
/// </summary>
public interface IMembershipTable
{
    /// <summary>
    /// Enters a silo that does not hold grains yet, under a new epoch with a fresh lease. An earlier life at the same
    /// name or endpoint is dead from then on, in the same transaction.
    /// </summary>
    Task<ClusterMember> JoinAsync(string id, string endpoint, CancellationToken cancellationToken);

    /// <summary>Places grains on a silo that joined; the view changes. False when it is not a member any more.</summary>
    Task<bool> ActivateAsync(ClusterMember member, CancellationToken cancellationToken);

    /// <summary>Renews a lease, which also refutes what is suspected of it.</summary>
    Task<Renewal> RenewAsync(ClusterMember member, CancellationToken cancellationToken);

    /// <summary>Takes grains away from a silo that goes; it stays a member, so that what runs there can still write. The view changes.</summary>
    Task RetireAsync(ClusterMember member, CancellationToken cancellationToken);

    /// <summary>Ends a silo's membership by its own wish.</summary>
    Task LeaveAsync(ClusterMember member, CancellationToken cancellationToken);

    /// <summary>Everything that is to know, at one moment.</summary>
    Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Notes that a process does not hear a silo, which shortens the suspect's lease to the refutation time until it renews.
    /// What a silo repeats after that time counts against renewals too, for the length of a lease.
    /// </summary>
    /// <param name="suspect">Who is not heard.</param>
    /// <param name="by">The silo that says so, or null for a process that only calls, whose word never outvotes a refutation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SuspectAsync(ClusterMember suspect, ClusterMember? by, CancellationToken cancellationToken);

    /// <summary>
    /// Evicts a silo; the view changes in the same transaction, and no write of the evicted silo commits after it. The
    /// ground is judged there: its lease is over, or more than half of the live silos keep saying that they do not hear
    /// it. False when there is no ground, or <paramref name="by"/> may not act: its own lease is over, or it has not held
    /// it long enough to know that the other could have renewed (a whole lease; if the other is suspected, as long as
    /// the suspicion has lasted).
    /// </summary>
    Task<bool> EvictAsync(ClusterMember member, ClusterMember by, CancellationToken cancellationToken);

    /// <summary>
    /// Calls back once when it begins to listen, and then when something changed, until cancelled; may miss changes, so
    /// that polling stays the floor. Ends by throwing on an outage.
    /// </summary>
    Task ListenAsync(Action changed, CancellationToken cancellationToken);
}

/// <summary>What a renewal found.</summary>
/// <param name="IsMember">Whether the silo is still a member; if not, it is dead and knows it now.</param>
/// <param name="ViewVersion">The version of the newest view.</param>
/// <param name="HasDoubtfulMembers">Whether somebody has to look after others: see <see cref="Doubt"/>.</param>
public readonly record struct Renewal(bool IsMember, long ViewVersion, bool HasDoubtfulMembers);
