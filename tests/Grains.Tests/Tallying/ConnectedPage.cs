using System.Threading.Channels;
using Actors.Tallying;

namespace Actors.Grains.Tests.Tallying;

/// <summary>A connected page: keeps what it is told.</summary>
internal sealed class ConnectedPage : IReaderObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Channel<EventPage> _pages = Channel.CreateUnbounded<EventPage>();
    private readonly Channel<ScanConflict> _conflicts = Channel.CreateUnbounded<ScanConflict>();
    private readonly Channel<CampaignCounters> _counters = Channel.CreateUnbounded<CampaignCounters>();
    private readonly Channel<bool> _configurations = Channel.CreateUnbounded<bool>();

    /// <summary>Whether it was told of events.</summary>
    public bool HasPages => _pages.Reader.Count > 0;

    public static async Task<(ConnectedPage Page, IReaderObserver Reference)> OpenAsync(TallyWorld world, Guid reader)
    {
        var page = new ConnectedPage();
        var reference = world.Cluster.Grains.CreateObjectReference<IReaderObserver>(page);
        await world.Reader(reader).SubscribeAsync(reference);
        return (page, reference);
    }

    public Task OnEventsAsync(EventPage page) => _pages.Writer.WriteAsync(page).AsTask();

    public Task OnConflictAsync(ScanConflict conflict) => _conflicts.Writer.WriteAsync(conflict).AsTask();

    public Task OnCountersAsync(CampaignCounters counters) => _counters.Writer.WriteAsync(counters).AsTask();

    public Task OnConfigurationChangedAsync() => _configurations.Writer.WriteAsync(true).AsTask();

    public Task<EventPage> NextPageAsync() => NextAsync(_pages, "page of events");

    public Task<ScanConflict> NextConflictAsync() => NextAsync(_conflicts, "conflict");

    public Task<CampaignCounters> NextCountersAsync() => NextAsync(_counters, "counters");

    public Task<bool> NextConfigurationAsync() => NextAsync(_configurations, "configuration");

    private static async Task<T> NextAsync<T>(Channel<T> channel, string what)
    {
        try
        {
            return await channel.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"No {what} came.", late);
        }
    }
}
