using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Threading.Channels;
using Actors.Api.Problems;
using Actors.Printing;
using Actors.Silo.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Api.Printing.Terminals;

/// <summary>
/// The connected terminals of this process. Grains hold them weakly, so they are held here and renewed: from time to
/// time, and when silos come or go, which moves grains.
/// </summary>
internal sealed partial class TerminalSockets(
    IGrainFactory grains, IClusterChanges changes, IOptions<PrintingOptions> options, TimeProvider time, ILogger<TerminalSockets> log) : BackgroundService
{
    private const int ParallelRenewals = 32;
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(30);

    /// <summary>A terminal that prints reads nothing for a while; one that is gone does so for good.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<Guid, TerminalSocket> _sockets = new();
    private readonly ILogger<TerminalSockets> _log = log;

    /// <summary>How many there are.</summary>
    public int Count => _sockets.Count;

    /// <summary>Keeps a terminal's connection until it ends; null, or what to tell the terminal when it is not taken.</summary>
    public async Task RunAsync(string terminal, HeardStream stream, CancellationToken aborted)
    {
        using var socket = new TerminalSocket(terminal, stream, options.Value.QrTokenPrefix, time, HeardAsync, SentAsync);
        await using var gone = aborted.UnsafeRegister(static socket => ((TerminalSocket)socket!).End(), socket);
        socket.Reference = grains.CreateObjectReference<ITerminalObserver>(socket);
        // read from the first moment on: whether it lives is seen by what it answers
        var receiving = socket.ReceiveAsync(message => TakeAsync(socket, message));
        try
        {
            if (await ConnectAsync(socket))
            {
                _sockets[socket.Id] = socket;
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
            _sockets.TryRemove(socket.Id, out _);
            socket.End();
            await ForgetAsync(socket);
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Refuses a connection of nobody's.</summary>
    public async Task RefuseAsync(HeardStream stream, string error)
    {
        using var socket = new TerminalSocket("", stream, prefix: "", time, _ => Task.CompletedTask, (_, _) => Task.CompletedTask);
        await socket.RefuseAsync(error);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var socket in _sockets.Values)
        {
            socket.End();
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // many reasons at a time are one
        var reasons = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        changes.OnChanged(() => reasons.Writer.TryWrite(true));
        await using var timer = time.CreateTimer(_ => reasons.Writer.TryWrite(true), state: null, RenewalInterval, RenewalInterval);
        await foreach (var _ in reasons.Reader.ReadAllAsync(stoppingToken))
        {
            await Parallel.ForEachAsync(
                _sockets.Values,
                new ParallelOptions { MaxDegreeOfParallelism = ParallelRenewals, CancellationToken = stoppingToken },
                async (socket, _) => await RenewAsync(socket));
        }
    }

    private async Task<bool> ConnectAsync(TerminalSocket socket)
    {
        var grain = grains.GetTerminalGrain(new TerminalKey(socket.Terminal));
        for (var isRepeated = false; ; isRepeated = true)
        {
            var outcome = await grain.ConnectAsync(new ConnectTerminal(socket.Id, isRepeated), socket.Reference!);
            switch (outcome.Status)
            {
                case ConnectStatus.Connected:
                    await socket.OnTokenAsync(outcome.Token!);
                    LogConnected(socket.Terminal);
                    return true;
                case ConnectStatus.Taken:
                    return false;
                default:
                    await Task.Delay(options.Value.ProbeTime, time, socket.Ended);
                    break;
            }
        }
    }

    private async Task RenewAsync(TerminalSocket socket)
    {
        try
        {
            if (socket.Silence > LongestSilence)
            {
                socket.End();
                return;
            }

            await socket.PingAsync();
            var grain = grains.GetTerminalGrain(new TerminalKey(socket.Terminal));
            if (!await grain.RenewAsync(new RenewTerminal(socket.Id, socket.Abilities), socket.Reference!))
            {
                socket.End();
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the next renewal tries again
            LogNotReached(failure, socket.Terminal);
        }
    }

    private async Task TakeAsync(TerminalSocket socket, TerminalMessage message)
    {
        var grain = grains.GetTerminalGrain(new TerminalKey(socket.Terminal));
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

    private Task HeardAsync(TerminalSocket socket) => grains.GetTerminalGrain(new TerminalKey(socket.Terminal)).HeardAsync(socket.Id);

    private Task SentAsync(TerminalSocket socket, ImmutableArray<Guid> items) =>
        grains.GetTerminalGrain(new TerminalKey(socket.Terminal)).SentAsync(socket.Id, items);

    private async Task ForgetAsync(TerminalSocket socket)
    {
        try
        {
            await grains.GetTerminalGrain(new TerminalKey(socket.Terminal)).DisconnectAsync(socket.Id);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or IOException)
        {
            // the grain forgets it by itself
            LogNotReached(failure, socket.Terminal);
        }

        grains.DeleteObjectReference<ITerminalObserver>(socket.Reference!);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Terminal {Terminal} is connected.")]
    private partial void LogConnected(string terminal);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection of terminal {Terminal} ended.")]
    private partial void LogEnded(Exception reason, string terminal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Terminal {Terminal} could not be reached for its connection.")]
    private partial void LogNotReached(Exception failure, string terminal);
}
