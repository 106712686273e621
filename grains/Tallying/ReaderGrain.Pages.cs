using System.Collections.Immutable;
using Actors.Tallying.Readers;

namespace Actors.Tallying;

/// <summary>Connected pages: what the campaign's other readers saw is pushed to them.</summary>
internal sealed partial class ReaderGrain
{
    private static readonly TimeSpan ObserverLifetime = TimeSpan.FromMinutes(1);

    /// <summary>The position up to which the pages were told; 0 when that begins with the next event.</summary>
    private long _pushed;

    public Task SubscribeAsync(IReaderObserver observer)
    {
        if (_reader is { } reader)
        {
            var head = _feeds.Of(reader.Campaign).Listen(_id);
            if (_observers.Count == 0)
            {
                _pushed = head;
            }

            _observers.Subscribe(observer, observer);
            if (_board.Of(reader.Campaign) is { } counters)
            {
                return observer.OnCountersAsync(counters);
            }
        }

        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(IReaderObserver observer)
    {
        _observers.Unsubscribe(observer);
        LeaveWhenAlone();
        return Task.CompletedTask;
    }

    public async Task PushAsync(bool configurationChanged)
    {
        _observers.ClearExpired();
        if (_reader is not { } reader || LeaveWhenAlone())
        {
            return;
        }

        _board.Refresh(reader.Campaign);
        var feed = _feeds.Of(reader.Campaign);
        var page = feed.Next(_pushed, _options.PushPageSize);
        if (page is not null && (page.More || !page.Events.IsEmpty))
        {
            // who is further behind than one page is told so, asks by its cursor, and goes on from here
            _pushed = page.More ? feed.Told : page.Cursor;
            _instruments.Pushed();
            await _observers.Notify(observer => observer.OnEventsAsync(page));
        }

        if (configurationChanged)
        {
            await _observers.Notify(observer => observer.OnConfigurationChangedAsync());
        }
    }

    public Task PushCountersAsync(CampaignCounters counters) => _observers.Notify(observer => observer.OnCountersAsync(counters));

    public async Task NotifyConflictsAsync(ImmutableArray<ScanConflict> conflicts)
    {
        foreach (var conflict in conflicts)
        {
            await _observers.Notify(observer => observer.OnConflictAsync(conflict));
        }
    }

    /// <summary>The other readers' grains are told by one call each and not waited for; their logs say it, too.</summary>
    private void TellConflicts(ImmutableArray<ReaderConflicts> readers)
    {
        foreach (var (reader, conflicts) in readers)
        {
            _instruments.Conflicted(conflicts.Length);
            _ = reader == _id
                ? NotifyConflictsAsync(conflicts)
                : GrainFactory.GetReaderGrain(new ReaderKey(reader)).NotifyConflictsAsync(conflicts);
        }
    }

    private bool LeaveWhenAlone()
    {
        if (_observers.Count > 0)
        {
            return false;
        }

        if (_reader is { } reader)
        {
            _feeds.Of(reader.Campaign).Leave(_id);
        }

        return true;
    }
}
