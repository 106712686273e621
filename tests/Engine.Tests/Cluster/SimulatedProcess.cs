using Actors.Engine.Cluster;
using Actors.TestKit.Time;
using Microsoft.Extensions.Logging;

namespace Actors.Engine.Tests.Cluster;

/// <summary>A process of a <see cref="MembershipSimulation"/>, and what is wrong with it.</summary>
internal sealed class SimulatedProcess : IAsyncDisposable
{
    private const int TicksBetweenHearings = 4;
    private static readonly TimeSpan BetweenSuspicions = TimeSpan.FromMilliseconds(300);

    private readonly MembershipSimulation _cluster;
    private readonly ManualTimeProvider _clock = new();
    private readonly Dictionary<ClusterMember, TimeSpan> _heardAt = [];
    private readonly Dictionary<ClusterMember, TimeSpan> _suspectedAt = [];
    private readonly string _name;
    private TimeSpan _missed;
    private TimeSpan _now;
    private int _ticks;

    public SimulatedProcess(MembershipSimulation cluster, LocalSilo? local, string name, Random random, ILogger<ClusterMembership> log)
    {
        (_cluster, _name, IsSilo, Endpoint) = (cluster, name, local is not null, local?.Endpoint);
        Link = new SimulatedTableLink(cluster.Table);
        Membership = new ClusterMembership(Link, local, cluster.Options, _clock, log, random) { CanReach = CanReachAsync };
        Membership.OnEvicted(() => Evictions++);
    }

    public ClusterMembership Membership { get; }

    public SimulatedTableLink Link { get; }

    public bool IsSilo { get; }

    public string? Endpoint { get; }

    public bool IsAlive { get; private set; } = true;

    public bool IsFrozen { get; private set; }

    /// <summary>Cut off from all other processes.</summary>
    public bool IsIsolated { get; set; }

    /// <summary>Processes that it and that do not hear each other.</summary>
    public HashSet<SimulatedProcess> CutFrom { get; } = [];

    /// <summary>How often it was told that it was evicted.</summary>
    public int Evictions { get; private set; }

    public ClusterMember? Self => Membership.Self;

    public bool IsInItsOwnView => Self is { } self && Membership.View.Contains(self);

    public void Kill()
    {
        IsAlive = false;
        Link.Fault = TableFault.Hangs;
    }

    public void Freeze() => IsFrozen = true;

    public void Thaw()
    {
        IsFrozen = false;
        _clock.Jump(_missed);
        _now += _missed;
        _missed = TimeSpan.Zero;
    }

    public void Pass(TimeSpan time)
    {
        if (!IsAlive)
        {
            return;
        }

        if (IsFrozen)
        {
            _missed += time;
            return;
        }

        _now += time;
        _clock.Advance(time);
        Link.Deliver();
        if (++_ticks % TicksBetweenHearings == 0)
        {
            Hear();
        }
    }

    public bool Hears(SimulatedProcess other) =>
        other is { IsAlive: true, IsFrozen: false, IsIsolated: false } && !IsIsolated && !CutFrom.Contains(other) && !other.CutFrom.Contains(this);

    public override string ToString() =>
        $"{_name}{(IsAlive ? "" : " dead")}{(IsFrozen ? " frozen" : "")} {Self} {Membership.View} problem: {Membership.Problem}";

    public ValueTask DisposeAsync() => Membership.DisposeAsync();

    // A dead one refuses at once, of others there is silence.
    private async Task<bool> CanReachAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        var other = _cluster.FindAt(member.Endpoint);
        if (other is not null && !Hears(other))
        {
            await SimulatedTableLink.HangAsync(cancellationToken);
        }

        return other?.Self == member;
    }

    private void Hear()
    {
        foreach (var member in Membership.View.Members)
        {
            var other = _cluster.Find(member);
            if (member == Self || (other is not null && Hears(other)))
            {
                _heardAt[member] = _now;
                continue;
            }

            var isRefused = other is null && _cluster.FindAt(member.Endpoint) is null && !IsIsolated;
            _heardAt.TryAdd(member, _now);
            var isSilent = _now - _heardAt[member] >= _cluster.Options.Silence;
            if ((isRefused || isSilent) && (!_suspectedAt.TryGetValue(member, out var last) || _now - last >= BetweenSuspicions))
            {
                _suspectedAt[member] = _now;
                Membership.Suspect(member, isRefused ? "refused" : "silent");
            }
        }
    }
}
