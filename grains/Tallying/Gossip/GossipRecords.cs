using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>Makes records of events in the campaign's order.</summary>
internal static class GossipRecords
{
    /// <summary>
    /// The records of a page of the log, and after which position to go on. The last row of a page that is not the last is
    /// left to the next one: what its decision placed besides it may be there.
    /// </summary>
    public static (ImmutableArray<GossipRecord> Records, long Cursor) OfPage(EventPage page)
    {
        var records = Of(page.After, page.Events);
        return page.More && records.Length > 1 ? (records[..^1], records[^1].After) : (records, page.Cursor);
    }

    /// <summary>
    /// One record per row of a reader's log. What a decision placed besides its row follows that row and goes with it; at
    /// the beginning of a page whose row is not in it, it is left to those who have the row.
    /// </summary>
    /// <param name="after">The position before the first event.</param>
    /// <param name="events">Events without a gap.</param>
    public static ImmutableArray<GossipRecord> Of(long after, ImmutableArray<TallyEvent> events)
    {
        var records = ImmutableArray.CreateBuilder<GossipRecord>(events.Length);
        foreach (var tallied in events)
        {
            if (tallied.Sequence > 0)
            {
                records.Add(new GossipRecord(tallied.ReaderId, tallied.Sequence, after, [tallied]));
            }
            else if (records.Count > 0)
            {
                records[^1] = records[^1] with { Events = records[^1].Events.Add(tallied) };
            }

            after = tallied.Position;
        }

        return records.DrainToImmutable();
    }
}
