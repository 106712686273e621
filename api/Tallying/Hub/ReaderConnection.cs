using System.Text.Json;
using System.Threading.Channels;
using Actors.Tallying;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Tallying.Hub;

/// <summary>
/// One connected page as its reader grain sees it. What waits for a slow page is bounded: when it is full everything
/// is dropped, and the page is told to ask again from its cursor.
/// </summary>
internal sealed class ReaderConnection : IReaderObserver
{
    private const int Capacity = 64;

    private readonly Channel<Message> _waiting = Channel.CreateBounded<Message>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly IClientProxy _page;
    private readonly ReaderConfigurations _configurations;
    private int _lost;
    private int _configurationChanged;

    public ReaderConnection(Guid reader, IClientProxy page, ReaderConfigurations configurations)
    {
        Reader = reader;
        _page = page;
        _configurations = configurations;
    }

    /// <summary>The reader's uuid.</summary>
    public Guid Reader { get; }

    /// <summary>The reference by which the grain calls this object; set once connected.</summary>
    public IReaderObserver? Reference { get; set; }

    public Task OnEventsAsync(EventPage page) => Offer(new Message("Events", () => HubAnswers.Events(page)));

    public Task OnConflictAsync(ScanConflict conflict) => Offer(new Message("Conflict", () => HubAnswers.Conflict(conflict)));

    public Task OnConfigurationChangedAsync()
    {
        // many changes in a row are one
        return Interlocked.Exchange(ref _configurationChanged, 1) == 0 ? Offer(new Message("Configuration", Content: null)) : Task.CompletedTask;
    }

    /// <summary>Sends what waits until the connection ends.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            if (Interlocked.Exchange(ref _lost, 0) == 1)
            {
                await RecoverAsync(message, cancellationToken);
            }
            else if (message.Content is { } content)
            {
                await _page.SendAsync(message.Target, content(), cancellationToken);
            }
            else
            {
                await SendConfigurationAsync(cancellationToken);
            }
        }
    }

    /// <summary>Nothing waits any more.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    private async Task RecoverAsync(Message first, CancellationToken cancellationToken)
    {
        var configuration = first.Content is null;
        while (_waiting.Reader.TryRead(out var dropped))
        {
            configuration |= dropped.Content is null;
        }

        await _page.SendAsync("Events", HubAnswers.AskAgain(), cancellationToken);
        if (configuration || Volatile.Read(ref _configurationChanged) == 1)
        {
            await SendConfigurationAsync(cancellationToken);
        }
    }

    private async Task SendConfigurationAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _configurationChanged, 0);
        var (configuration, _) = await _configurations.LoadAsync(Reader);
        if (configuration is not null)
        {
            await _page.SendAsync("Configuration", HubAnswers.Configuration(configuration), cancellationToken);
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

    private sealed record Message(string Target, Func<JsonElement>? Content);
}
