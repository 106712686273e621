using System.Collections.Concurrent;
using Actors.Api.Hubs;
using Actors.Printing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Actors.Api.Printing.Terminals;

/// <summary>Terminals that come by the hub.</summary>
internal sealed partial class TerminalPages(
    TerminalConnections connections, IHubContext<TerminalsHub> hub, IOptions<PrintingOptions> options, TimeProvider time, ILogger<TerminalPages> log)
{
    private const string Alive = "Alive";

    private readonly ConcurrentDictionary<string, TerminalPage> _pages = new(StringComparer.Ordinal);
    private readonly ILogger<TerminalPages> _log = log;

    /// <summary>The page of a connection.</summary>
    public TerminalPage Of(string connectionId) =>
        _pages.TryGetValue(connectionId, out var page) ? page : throw HubRefusals.Refuse(PrintRefusals.TokenUsed);

    /// <summary>The grain of a page's terminal.</summary>
    public ITerminalGrain GrainOf(TerminalPage page) => connections.GrainOf(page);

    /// <summary>Takes a page in, unless the terminal has another connection that lives.</summary>
    public async Task OpenAsync(string terminal, HubConnectionContext connection)
    {
        var page = new TerminalPage(terminal, connection, options.Value.QrTokenPrefix, ended => AskAsync(connection.ConnectionId, ended), HeardAsync);
        _pages[connection.ConnectionId] = page;
        var isOpen = false;
        try
        {
            isOpen = await connections.OpenAsync(page);
        }
        finally
        {
            if (!isOpen)
            {
                await ForgetAsync(connection.ConnectionId);
            }
        }

        if (!isOpen)
        {
            throw HubRefusals.Refuse(PrintRefusals.TokenUsed);
        }

        _ = PumpAsync(page);
    }

    /// <summary>The page has gone.</summary>
    public Task CloseAsync(string connectionId) => ForgetAsync(connectionId);

    private async Task ForgetAsync(string connectionId)
    {
        if (_pages.TryRemove(connectionId, out var page))
        {
            await connections.ForgetAsync(page);
        }
    }

    private Task HeardAsync(TerminalPage page) => connections.GrainOf(page).HeardAsync(page.Id);

    /// <summary>An answer of any kind is a sign of life; a page that knows no such call answers as well.</summary>
    private async Task AskAsync(string connectionId, CancellationToken ended)
    {
        using var late = new CancellationTokenSource(options.Value.ProbeTime, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ended);
        try
        {
            await hub.Clients.Client(connectionId).InvokeAsync<object?>(Alive, limit.Token);
        }
        catch (Exception answer) when (answer is HubException && !limit.IsCancellationRequested)
        {
            // "there is no such method": somebody is there
        }
    }

    private async Task PumpAsync(TerminalPage page)
    {
        try
        {
            await page.PumpAsync();
        }
        catch (OperationCanceledException)
        {
            // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogPushFailed(failure, page.Terminal);
            page.End();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pushing to the page of terminal {Terminal} failed; it connects again.")]
    private partial void LogPushFailed(Exception failure, string terminal);
}
