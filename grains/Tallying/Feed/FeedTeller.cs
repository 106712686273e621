namespace Actors.Tallying.Feed;

/// <summary>
/// What readers are told of a feed. It ends where things stood when they were last woken, so that they stay in step and
/// one page, made once, serves them all.
/// </summary>
internal sealed class FeedTeller(FeedOrder order, Guid feed)
{
    private FeedPlace _told;
    private FeedStep? _step;

    /// <summary>Where things stand: whoever begins to listen is told what comes after.</summary>
    public FeedPlace Now => new(order.Head, order.Arrived, order.Highest);

    /// <summary>The readers are being woken to hear what has come until now.</summary>
    public void Tell() => (_told, _step) = (Now, null);

    /// <summary>What to tell a reader that was told so much; null when nothing is known at all.</summary>
    public FeedStep? Next(FeedPlace from, int limit)
    {
        if (!order.IsPlaced)
        {
            return null;
        }

        if (_step is null || _step.From != from || _step.Page.Events.Length > limit)
        {
            _step = Step(from, limit);
        }

        return _step;
    }

    /// <summary>Cursors move as far as nothing is missing; events behind a gap are told before they do.</summary>
    private FeedStep Step(FeedPlace from, int limit)
    {
        var after = from.Position == 0 ? order.Start : from.Position;
        var next = new FeedPlace(
            Math.Max(after, _told.Position), Math.Max(from.Arrived, _told.Arrived), Math.Max(from.Highest, _told.Highest));
        var mark = new PushMark(feed, from.Arrived, next.Arrived, from.Highest);
        if (after >= order.Start && order.ReadArrived(from.Arrived, _told.Arrived, limit) is { } arrived)
        {
            return new(from, new EventPage(after, next.Position, More: false, arrived, mark), next);
        }

        // who is further behind is told so, asks by its cursor, and goes on from here
        var page = order.Read(after, limit, _told.Position) ?? new EventPage(after, after, More: true, []);
        return new(from, page with { More = true, Mark = mark }, next);
    }
}
