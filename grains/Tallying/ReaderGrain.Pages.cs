using System.Collections.Immutable;
using Actors.Tallying.Feed;
using Actors.Tallying.Readers;

namespace Actors.Tallying;

/// <summary>Connected pages: what the campaign's other readers saw is pushed to them.</summary>
internal sealed partial class ReaderGrain
{
    private static readonly TimeSpan ObserverLifetime = TimeSpan.FromMinutes(1);

    /// <summary>What the pages were told.</summary>
    private FeedPlace _pushed;

    public Task SubscribeAsync(IReaderObserver observer)
    {
        if (_reader is { } reader)
        {
            var place = _feeds.Of(reader.Campaign).Listen(_id);
            if (_observers.Count == 0)
            {
                _pushed = place;
            }

            _observers.Subscribe(observer, observer);
            _gossip?.Contacted(reader.Name);
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
        if (_feeds.Of(reader.Campaign).Next(_pushed, _options.PushPageSize) is { IsNews: true } step)
        {
            _pushed = step.Next;
            _instruments.Pushed();
            await _observers.Notify(observer => observer.OnEventsAsync(step.Page));
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
