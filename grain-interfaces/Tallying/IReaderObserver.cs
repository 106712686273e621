using Orleans;
using Orleans.Concurrency;

namespace Actors.Tallying;

/// <summary>A connected page, seen from its reader grain.</summary>
[Alias("actors.tallying.reader-observer")]
public interface IReaderObserver : IGrainObserver
{
    /// <summary>New events of the campaign.</summary>
    [Alias("events"), OneWay]
    Task OnEventsAsync(EventPage page);

    /// <summary>A scan of this reader and one of another reader, made while one was offline, are of the same certificate.</summary>
    [Alias("conflict"), OneWay]
    Task OnConflictAsync(ScanConflict conflict);

    /// <summary>Who is inside changed.</summary>
    [Alias("counters"), OneWay]
    Task OnCountersAsync(CampaignCounters counters);

    /// <summary>The reader, its campaign's keys or revocations changed: the page should fetch them again.</summary>
    [Alias("configuration"), OneWay]
    Task OnConfigurationChangedAsync();
}
