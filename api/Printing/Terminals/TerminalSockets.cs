using System.Collections.Immutable;
using System.Net.WebSockets;
using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.Extensions.Options;

namespace Actors.Api.Printing.Terminals;

/// <summary>Terminals that come by print-api's websocket.</summary>
internal sealed partial class TerminalSockets(
    TerminalConnections connections, IOptions<PrintingOptions> options, TimeProvider time, ILogger<TerminalSockets> log)
{
    private readonly ILogger<TerminalSockets> _log = log;

    /// <summary>Keeps a terminal's connection until it ends.</summary>
    public async Task RunAsync(string terminal, HeardStream stream, CancellationToken aborted)
    {
        using var socket = new TerminalSocket(terminal, stream, options.Value.QrTokenPrefix, time, HeardAsync, SentAsync);
        await using var gone = aborted.UnsafeRegister(static socket => ((TerminalSocket)socket!).End(), socket);
        // read from the first moment on: whether it lives is seen by what it answers
        var receiving = socket.ReceiveAsync(message => TakeAsync(socket, message));
        try
        {
            if (await connections.OpenAsync(socket))
            {
                await await Task.WhenAny(receiving, socket.SendAsync());
                await socket.CloseAsync();
            }
            else
            {
                await socket.RefuseAsync(TerminalFrames.TokenUsed);
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or ObjectDisposedException || Outages.Include(end))
        {
            // the terminal comes again after a few seconds
            LogEnded(end, terminal);
        }
        finally
        {
            await connections.CloseAsync(socket);
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Refuses a connection of nobody's.</summary>
    public async Task RefuseAsync(HeardStream stream, string error)
    {
        using var socket = new TerminalSocket("", stream, prefix: "", time, _ => Task.CompletedTask, (_, _) => Task.CompletedTask);
        await socket.RefuseAsync(error);
    }

    private async Task TakeAsync(TerminalSocket socket, TerminalMessage message)
    {
        var grain = connections.GrainOf(socket);
        if (message.Abilities is { } abilities)
        {
            socket.Abilities = abilities;
            await grain.HelloAsync(socket.Id, abilities);
        }
        else if (message.Acknowledged is { } item)
        {
            await grain.AcknowledgeAsync(socket.Id, item);
        }
        else if (message.Reported is { } job)
        {
            await grain.ReportAsync(socket.Id, job, message.Progress!);
        }
    }

    private Task HeardAsync(TerminalSocket socket) => connections.GrainOf(socket).HeardAsync(socket.Id);

    private Task SentAsync(TerminalSocket socket, ImmutableArray<Guid> items) => connections.GrainOf(socket).SentAsync(socket.Id, items);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection of terminal {Terminal} ended.")]
    private partial void LogEnded(Exception reason, string terminal);
}
