namespace Actors.Tallying.Scans;

/// <summary>
/// When a reader last handed in its scans. The parts of one synchronisation share the time before it, for a bounded
/// span, or the second part of a long offline log would count as scanned after the first part's arrival.
/// </summary>
internal sealed class SyncFloor(DateTimeOffset? last, TimeSpan maxSpan)
{
    private DateTimeOffset? _last = last;
    private DateTimeOffset? _firstPart;

    /// <summary>The time before which no scan of this part counts.</summary>
    public DateTimeOffset? Begin(DateTimeOffset received)
    {
        if (_firstPart is { } begun && received - begun > maxSpan)
        {
            _last = begun;
            _firstPart = null;
        }

        _firstPart ??= received;
        return _last;
    }

    /// <summary>Ends a part whose rows are stored.</summary>
    public void End(DateTimeOffset received, bool more)
    {
        if (!more)
        {
            _last = received;
            _firstPart = null;
        }
    }
}
