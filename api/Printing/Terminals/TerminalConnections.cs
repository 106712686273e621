using System.Collections.Concurrent;
using System.Threading.Channels;
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
internal sealed partial class TerminalConnections(
    IGrainFactory grains, IClusterChanges changes, IOptions<PrintingOptions> options, TimeProvider time, ILogger<TerminalConnections> log) : BackgroundService
{
    private const int ParallelRenewals = 32;
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(30);

    /// <summary>A terminal that prints reads nothing for a while; one that is gone does so for good.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<Guid, ITerminalLine> _lines = new();
    private readonly ILogger<TerminalConnections> _log = log;

    /// <summary>How many there are.</summary>
    public int Count => _lines.Count;

    /// <summary>The grain of a line.</summary>
    public ITerminalGrain GrainOf(ITerminalLine line) => grains.GetTerminalGrain(new TerminalKey(line.Terminal));

    /// <summary>Takes a line into use; false when the terminal has another one that lives.</summary>
    public async Task<bool> OpenAsync(ITerminalLine line)
    {
        line.Reference = grains.CreateObjectReference<ITerminalObserver>(line.Observer);
        for (var isRepeated = false; ; isRepeated = true)
        {
            var outcome = await GrainOf(line).ConnectAsync(new ConnectTerminal(line.Id, isRepeated, line.Abilities), line.Reference);
            switch (outcome.Status)
            {
                case ConnectStatus.Connected:
                    _lines[line.Id] = line;
                    await line.Observer.OnTokenAsync(outcome.Token!);
                    LogConnected(line.Terminal);
                    return true;
                case ConnectStatus.Taken:
                    return false;
                default:
                    await Task.Delay(options.Value.ProbeTime, time, line.Ended);
                    break;
            }
        }
    }

    /// <summary>Ends a line.</summary>
    public Task CloseAsync(ITerminalLine line)
    {
        line.End();
        return ForgetAsync(line);
    }

    /// <summary>The line has ended.</summary>
    public async Task ForgetAsync(ITerminalLine line)
    {
        _lines.TryRemove(line.Id, out _);
        if (line.Reference is not { } reference)
        {
            return;
        }

        try
        {
            await GrainOf(line).DisconnectAsync(line.Id);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or IOException)
        {
            // the grain forgets it by itself
            LogNotReached(failure, line.Terminal);
        }

        grains.DeleteObjectReference<ITerminalObserver>(reference);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var line in _lines.Values)
        {
            line.End();
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
                _lines.Values,
                new ParallelOptions { MaxDegreeOfParallelism = ParallelRenewals, CancellationToken = stoppingToken },
                async (line, _) => await RenewAsync(line));
        }
    }

    private async Task RenewAsync(ITerminalLine line)
    {
        try
        {
            if (line.Silence > LongestSilence)
            {
                line.End();
                return;
            }

            await line.PingAsync();
            if (!await GrainOf(line).RenewAsync(new RenewTerminal(line.Id, line.Abilities), line.Reference!))
            {
                line.End();
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the next renewal tries again
            LogNotReached(failure, line.Terminal);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Terminal {Terminal} is connected.")]
    private partial void LogConnected(string terminal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Terminal {Terminal} could not be reached for its connection.")]
    private partial void LogNotReached(Exception failure, string terminal);
}
