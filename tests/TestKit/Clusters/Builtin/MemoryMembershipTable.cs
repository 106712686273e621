using Actors.Engine.Cluster;

namespace Actors.TestKit.Clusters;

/// <summary>
/// The members of a cluster within one process, by the rules of the tables in PostgreSQL; the same tests hold for both.
/// Its clock is its own, as a database's is.
/// </summary>
public sealed class MemoryMembershipTable(TimeProvider time, MembershipOptions options) : IMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Id, long Epoch), Row> _rows = [];
    private readonly Dictionary<(ClusterMember Suspect, string By), Vote> _votes = [];
    private readonly List<Action> _listeners = [];
    private long _version;
    private long _epochs;

    /// <summary>By how much the clock of the table differs from the given one.</summary>
    public TimeSpan Shift { get; set; }

    /// <summary>Called in the transaction that ends a life, with its judgement; null for one that ends by a join or its own wish.</summary>
    public Action<ClusterMember, Doubt?>? Buried { get; set; }

    private DateTimeOffset Now => time.GetUtcNow() + Shift;

    /// <summary>What the fence of the storage asks.</summary>
    public bool CanWrite(ClusterMember member)
    {
        lock (_lock)
        {
            return RowOf(member) is { State: SiloState.Active or SiloState.Leaving };
        }
    }

    public Task<ClusterMember> JoinAsync(string id, string endpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ClusterMember member;
        var changed = false;
        lock (_lock)
        {
            foreach (var earlier in _rows.Values.Where(row => row.Member.Id == id || row.Member.Endpoint == endpoint).ToList())
            {
                changed |= earlier.State is SiloState.Active;
                Bury(earlier, null);
            }

            member = new ClusterMember(id, ++_epochs, endpoint);
            _rows.Add((id, member.Epoch), new Row { Member = member, ExpiresAt = Now + options.Lease, HeldSince = Now });
            _version = changed || _version == 0 ? _version + 1 : _version;
        }

        return Tell(changed, member);
    }

    public Task<bool> ActivateAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var changed = false;
        bool isActive;
        lock (_lock)
        {
            if (RowOf(member) is { State: SiloState.Joining } row)
            {
                row.State = SiloState.Active;
                _version++;
                changed = true;
            }

            isActive = RowOf(member) is { State: SiloState.Active };
        }

        return Tell(changed, isActive);
    }

    public Task<Renewal> RenewAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var own = RowOf(member);
            if (own is not null)
            {
                own.HeldSince = own.ExpiresAt <= Now || own.HeldSince > Now ? Now : own.HeldSince;
                own.ExpiresAt = Now + options.Lease;
                own.SuspectedAt = null;
            }

            foreach (var late in _rows.Values.Where(row => row.ExpiresAt > Now + options.Lease + TimeSpan.FromSeconds(1)))
            {
                late.ExpiresAt = Now + options.Lease;
            }

            return Task.FromResult(new Renewal(own is not null, _version, _rows.Values.Any(row => row != own && Judge(row) is not Doubt.None)));
        }
    }

    public Task RetireAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var changed = false;
        lock (_lock)
        {
            if (RowOf(member) is { State: not SiloState.Leaving } row)
            {
                row.State = SiloState.Leaving;
                _version++;
                changed = true;
            }
        }

        return Tell(changed, true);
    }

    public Task LeaveAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var changed = false;
        lock (_lock)
        {
            if (RowOf(member) is { } row)
            {
                changed = row.State is SiloState.Active;
                Bury(row, null);
                _version += changed ? 1 : 0;
            }
        }

        return Tell(changed, true);
    }

    public Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(new MembershipSnapshot(
                new ClusterView(_version, _rows.Values.Where(row => row.State is SiloState.Active).Select(row => row.Member)),
                [.. _rows.Values.Select(row => new SiloEntry(row.Member, row.State, row.ExpiresAt - Now, Judge(row)))]));
        }
    }

    public Task SuspectAsync(ClusterMember suspect, ClusterMember? by, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var changed = false;
        lock (_lock)
        {
            if (RowOf(suspect) is { } row)
            {
                changed = true;
                Suspect(row, by);
            }
        }

        return Tell(changed, true);
    }

    public Task<bool> EvictAsync(ClusterMember member, ClusterMember by, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var evicted = false;
        lock (_lock)
        {
            if (RowOf(member) is { } row && RowOf(by) is { } own && own.ExpiresAt > Now && own.HeldSince <= Now)
            {
                var doubt = Judge(row);
                var isOver = row.ExpiresAt <= Now;
                evicted = doubt is Doubt.Outvoted
                    || (doubt is not Doubt.None && isOver && own.HeldSince <= Now - options.Lease)
                    || (doubt is Doubt.Suspected && isOver && own.HeldSince <= row.SuspectedAt && row.SuspectedAt <= Now - options.RefutationTime);
                if (evicted)
                {
                    Bury(row, doubt);
                    _version++;
                }
            }
        }

        return Tell(evicted, evicted);
    }

    public async Task ListenAsync(Action changed, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _listeners.Add(changed);
        }

        changed();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _listeners.Remove(changed);
            }
        }
    }

    private Row? RowOf(ClusterMember member) => _rows.GetValueOrDefault((member.Id, member.Epoch));

    private void Suspect(Row row, ClusterMember? by)
    {
        var now = Now;
        var held = by is null ? null : RowOf(by)?.HeldSince;
        var earliest = held > now - options.Lease ? held.Value : now - options.Lease;
        row.ExpiresAt = row.ExpiresAt < now + options.RefutationTime ? row.ExpiresAt : now + options.RefutationTime;
        row.SuspectedAt = row.SuspectedAt >= earliest && row.SuspectedAt <= now ? row.SuspectedAt : now;
        if (by is null)
        {
            return;
        }

        var again = _votes.TryGetValue((row.Member, by.Id), out var said) && said.By == by && said.LastAt >= now - options.Lease && said.LastAt <= now;
        var firstAt = again ? said!.FirstAt : now;
        _votes[(row.Member, by.Id)] = new Vote(by, firstAt, now, again && now >= firstAt + options.RefutationTime);
    }

    private Doubt Judge(Row row)
    {
        var now = Now;
        var live = _rows.Values.Where(other => other.State is SiloState.Active && other.ExpiresAt > now).Select(other => other.Member).ToHashSet();
        var votes = _votes.Count(vote => vote.Key.Suspect == row.Member && vote.Value is { Insists: true } said
            && said.LastAt <= now && said.LastAt > now - options.Lease && live.Contains(said.By));
        return votes * 2 > live.Count ? Doubt.Outvoted
            : row.SuspectedAt is not null ? Doubt.Suspected
            : row.ExpiresAt <= now ? Doubt.Expired : Doubt.None;
    }

    private void Bury(Row row, Doubt? doubt)
    {
        _rows.Remove((row.Member.Id, row.Member.Epoch));
        foreach (var vote in _votes.Where(vote => vote.Key.Suspect == row.Member || vote.Value.By == row.Member).ToList())
        {
            _votes.Remove(vote.Key);
        }

        Buried?.Invoke(row.Member, doubt);
    }

    private Task<T> Tell<T>(bool changed, T result)
    {
        Action[] listeners;
        lock (_lock)
        {
            listeners = changed ? [.. _listeners] : [];
        }

        foreach (var listener in listeners)
        {
            listener();
        }

        return Task.FromResult(result);
    }

    private sealed class Row
    {
        public required ClusterMember Member { get; init; }

        public SiloState State { get; set; }

        public DateTimeOffset ExpiresAt { get; set; }

        public DateTimeOffset HeldSince { get; set; }

        public DateTimeOffset? SuspectedAt { get; set; }
    }

    private sealed record Vote(ClusterMember By, DateTimeOffset FirstAt, DateTimeOffset LastAt, bool Insists);
}
