namespace Actors.Engine.Cluster;

#pragma warning disable CA1001 // A source without a timer holds nothing, and who looks at the token may come late.
/// <summary>One membership of this process, from its join to its eviction, and what it may believe of its lease.</summary>
internal sealed class SiloLife(ClusterMember member, long sentAt, MembershipOptions options, TimeProvider time)
#pragma warning restore CA1001
{
    private readonly TimeSpan _trust = options.Lease - options.Margin;
    private readonly CancellationTokenSource _end = new();
    private long _renewedAt = sentAt;
    private volatile bool _evicted;

    public ClusterMember Member { get; } = member;

    public long JoinedAt { get; } = sentAt;

    /// <summary>Whether the view has it.</summary>
    public bool IsActive { get; set; }

    /// <summary>Whether its being parked was told already.</summary>
    public bool ParkingTold { get; set; }

    public bool IsEvicted => _evicted;

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Ended => _end.Token;

    public TimeSpan LeaseAge => time.GetElapsedTime(Volatile.Read(ref _renewedAt));

    /// <summary>Judged when asked, not by a timer: a process that was frozen must not answer before its timers have fired.</summary>
    public bool IsParked => _evicted || LeaseAge >= _trust;

    /// <summary>The database's lease begins later than the renewal was sent, so that this one ends earlier.</summary>
    public void Renewed(long sentAt) => Volatile.Write(ref _renewedAt, sentAt);

    public void Evict()
    {
        _evicted = true;
        _end.Cancel();
    }
}
