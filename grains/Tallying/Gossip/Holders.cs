namespace Actors.Tallying.Gossip;

/// <summary>
/// Which processes are known to have a record, for as long as it is news: nothing is sent twice to one of them. What is
/// older is told by version vectors. Two generations, so that forgetting costs nothing.
/// </summary>
internal sealed class Holders(TimeSpan generation)
{
    private const int MaxPerRecord = 16;

    private Dictionary<(Guid Origin, long Sequence), List<(Guid Home, bool IsSure)>> _young = [];
    private Dictionary<(Guid Origin, long Sequence), List<(Guid Home, bool IsSure)>> _old = [];
    private TimeSpan _turn;

    /// <summary>Forgets what is old.</summary>
    public void Turn(TimeSpan now)
    {
        if (now < _turn)
        {
            return;
        }

        if (_young.Count > 0 || _old.Count > 0)
        {
            (_old, _young) = (_young, []);
        }

        _turn = now + generation;
    }

    /// <summary>The process is being sent the record; false when it is already, or is known to have it.</summary>
    public bool TryClaim(GossipRecord record, Guid home)
    {
        var homes = Of(record);
        if (homes.Exists(holder => holder.Home == home))
        {
            return false;
        }

        Add(homes, home, isSure: false);
        return true;
    }

    /// <summary>The process has the record.</summary>
    public void Confirm(GossipRecord record, Guid home)
    {
        var homes = Of(record);
        homes.RemoveAll(holder => holder.Home == home);
        Add(homes, home, isSure: true);
    }

    /// <summary>Whether the process is known to have the record.</summary>
    public bool IsSure(GossipRecord record, Guid home) => Of(record).Contains((home, true));

    /// <summary>The process may not have got the record.</summary>
    public void Unclaim(GossipRecord record, Guid home) => Of(record).Remove((home, false));

    private static void Add(List<(Guid Home, bool IsSure)> homes, Guid home, bool isSure)
    {
        if (homes.Count == MaxPerRecord)
        {
            homes.RemoveAt(0);
        }

        homes.Add((home, isSure));
    }

    private List<(Guid Home, bool IsSure)> Of(GossipRecord record)
    {
        var key = (record.Origin, record.Sequence);
        if (!_young.TryGetValue(key, out var homes))
        {
            _young.Add(key, homes = _old.GetValueOrDefault(key) ?? []);
        }

        return homes;
    }
}
