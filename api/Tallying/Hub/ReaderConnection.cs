using System.Threading.Channels;
using Actors.Tallying;
using Actors.Tallying.Feed;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Tallying.Hub;

/// <summary>
/// One connected page as its reader grain sees it. What waits for a slow page is bounded: when it is full everything
/// is dropped, and the page is told to ask again from its cursor.
/// </summary>
internal sealed class ReaderConnection(
    ReaderInfo reader,
    Func<SerializedHubMessage, CancellationToken, ValueTask> send,
    PushedPages pages,
    ReaderConfigurations configurations,
    PushOrder order) : IReaderObserver
{
    private const int Capacity = 64;

    private readonly Channel<Message> _waiting = Channel.CreateBounded<Message>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private int _lost;
    private int _configurationChanged;
    private CampaignCounters? _counters;

    /// <summary>The reader's uuid.</summary>
    public Guid Reader => reader.Id;

    /// <summary>The reference by which the grain calls this object; set once connected.</summary>
    public IReaderObserver? Reference { get; set; }

    public Task OnEventsAsync(EventPage page) => Offer(new Message(page, Conflict: null));

    public Task OnConflictAsync(ScanConflict conflict) => Offer(new Message(Page: null, conflict));

    public Task OnCountersAsync(CampaignCounters counters)
    {
        // only the newest numbers matter
        return Interlocked.Exchange(ref _counters, counters) is null ? Offer(default) : Task.CompletedTask;
    }

    public Task OnConfigurationChangedAsync()
    {
        // many changes in a row are one
        return Interlocked.Exchange(ref _configurationChanged, 1) == 0 ? Offer(default) : Task.CompletedTask;
    }

    /// <summary>Sends what waits, each when the connection has taken the one before, until the connection ends.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            if (Interlocked.Exchange(ref _lost, 0) == 1)
            {
                await RecoverAsync(cancellationToken);
            }
            else if (message.Page is { } pushed)
            {
                if (order.Take(pushed) is { } page)
                {
                    await send(pages.Of(reader.Campaign, page), cancellationToken);
                }
            }
            else if (message.Conflict is { } conflict)
            {
                await send(HubAnswers.Conflict(conflict), cancellationToken);
            }
            else
            {
                await SendLatestAsync(cancellationToken);
            }
        }
    }

    /// <summary>Nothing waits any more.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        while (_waiting.Reader.TryRead(out _))
        {
            // changed numbers and configurations are remembered beside the queue
        }

        await send(HubAnswers.AskAgain, cancellationToken);
        await SendLatestAsync(cancellationToken);
    }

    private async Task SendLatestAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _counters, null) is { } counters)
        {
            await send(HubAnswers.Counters(counters), cancellationToken);
        }

        if (Interlocked.Exchange(ref _configurationChanged, 0) == 0)
        {
            return;
        }

        var (configuration, _) = await configurations.LoadAsync(Reader);
        if (configuration is not null)
        {
            await send(HubAnswers.Configuration(configuration), cancellationToken);
        }
    }

    private Task Offer(Message message)
    {
        if (!_waiting.Writer.TryWrite(message))
        {
            Volatile.Write(ref _lost, 1);
        }

        return Task.CompletedTask;
    }

    /// <summary>Neither of the two means that numbers or the configuration changed.</summary>
    private readonly record struct Message(EventPage? Page, ScanConflict? Conflict);
}
