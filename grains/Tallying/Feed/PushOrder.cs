using System.Collections.Immutable;

namespace Actors.Tallying.Feed;

/// <summary>
/// What one connection is sent of the pushes to it. Each event is pushed once, as it arrives, so that a cursor may move only
/// where no push was missed; and pages that do not take events as they arrive get them in the campaign's order.
/// </summary>
/// <param name="inOrder">Whether events are held back until those before them have come.</param>
public sealed class PushOrder(bool inOrder)
{
    /// <summary>No cursor equals it: the page asks by its own.</summary>
    public const long Nowhere = -1;

    private const int MaxHeld = 4_096;

    private readonly SortedDictionary<long, TallyEvent> _held = [];
    private PushMark? _last;
    private long _missed;

    /// <summary>What to send; null when that is nothing now.</summary>
    public EventPage? Take(EventPage page)
    {
        if (page.Mark is not { } mark)
        {
            return page;
        }

        if (_last?.Feed != mark.Feed || _last.Last != mark.After)
        {
            _missed = Math.Max(_missed, mark.Reached);
        }

        // one that leaves something out is the last of its kind
        _last = page.More ? null : mark;
        var told = inOrder ? Order(page) : page;
        return told is null || told.After >= _missed ? told : told with { After = Nowhere };
    }

    private EventPage? Order(EventPage page)
    {
        foreach (var tallied in page.Events)
        {
            _held[tallied.Position] = tallied;
        }

        var more = page.More || _held.Count > MaxHeld;
        var events = _held.Values.TakeWhile(tallied => tallied.Position <= page.Cursor).ToImmutableArray();
        foreach (var tallied in events)
        {
            _held.Remove(tallied.Position);
        }

        if (_held.Count > MaxHeld)
        {
            _held.Clear();
            _last = null;
        }

        return more || !events.IsEmpty || page.Cursor > page.After ? page with { More = more, Events = events } : null;
    }
}
