using Microsoft.Extensions.Logging;

namespace Actors.Tallying.Feed;

/// <summary>What is missing in the order is read from the log when nobody brings it in time.</summary>
internal sealed partial class CampaignFeed
{
    private const int GapPageSize = 1_000;

    private (long End, DateTimeOffset Since) _gap;

    /// <summary>Where a gap ends that nobody has closed in time.</summary>
    private long? OldGap()
    {
        if (_order.GapEnd is not { } end)
        {
            return null;
        }

        var now = _services.Time.GetUtcNow();
        if (_gap.End != end)
        {
            _gap = (end, now);
        }

        return now - _gap.Since >= _services.Options.GapPatience ? end : null;
    }

    private bool IsStillOpen(long gapEnd)
    {
        lock (_lock)
        {
            return _order.Head < gapEnd;
        }
    }

    /// <summary>Reads what another silo, or a publisher that died, placed before <paramref name="end"/>.</summary>
    private async Task CloseGapAsync(long end)
    {
        _services.Instruments.GapRead();
        try
        {
            var read = 0;
            while (IsStillOpen(end) && read < _services.Options.FeedCapacity)
            {
                var page = await _services.TallyLog.ReadAsync(_campaign, Head, GapPageSize, CancellationToken.None).ConfigureAwait(false);
                if (page.Events.IsEmpty)
                {
                    break;
                }

                read += page.Events.Length;
                Accept(page);
                _services.GapRead(_campaign, page);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogGapUnread(e, _campaign);
        }

        SkipGap(end);
    }

    private void Accept(EventPage page)
    {
        lock (_lock)
        {
            _eventsCame |= _order.Take(new PlacedScans(page.After, page.Events));
        }
    }

    /// <summary>What could not be read is left to the pages, which ask by their cursors.</summary>
    private void SkipGap(long end)
    {
        lock (_lock)
        {
            _eventsCame |= _order.Skip(end);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A gap in the feed of campaign {Campaign} could not be read; its readers will ask.")]
    private partial void LogGapUnread(Exception error, string campaign);
}
