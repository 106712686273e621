using Actors.Api.Hubs;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Actors.Silo.Hosting;
using Actors.Tallying;
using Actors.Tallying.Feed;
using Actors.Tallying.Readers;
using Microsoft.AspNetCore.SignalR;
using Orleans;

namespace Actors.Api.Tallying.Hub;

/// <summary>
/// The connected pages of this process. Grains hold them weakly and forget them after a minute, so they are held here
/// and renewed: from time to time, and when silos come or go, which moves grains.
/// </summary>
internal sealed partial class ReaderConnections(
    IGrainFactory grains,
    ReaderConfigurations configurations,
    PushedPages pages,
    IClusterChanges changes,
    TimeProvider time,
    ILogger<ReaderConnections> log) : BackgroundService
{
    private const int ParallelRenewals = 32;

    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ReaderConnection> _connections = new(StringComparer.Ordinal);
    private readonly ILogger<ReaderConnections> _log = log;

    /// <summary>Takes a page in, when its reader may be opened.</summary>
    public async Task OpenAsync(Guid reader, HubConnectionContext page, bool inOrder)
    {
        var known = await grains.GetReaderGrain(new ReaderKey(reader)).GetAsync();
        var status = ReaderRules.MayOpen(known, time.GetUtcNow());
        if (TallyRefusals.Of(status) is { } refusal)
        {
            throw HubRefusals.Refuse(refusal);
        }

        var connection = new ReaderConnection(known!, page.WriteAsync, pages, configurations, new PushOrder(inOrder));
        connection.Reference = grains.CreateObjectReference<IReaderObserver>(connection);
        _connections[page.ConnectionId] = connection;
        _ = PumpAsync(connection, page.ConnectionAborted);
        await RenewAsync(connection);
    }

    /// <summary>The reader of a connection.</summary>
    public Guid ReaderOf(string connectionId) =>
        _connections.TryGetValue(connectionId, out var connection) ? connection.Reader : throw HubRefusals.Refuse(TallyRefusals.ReaderUnknown);

    /// <summary>Forgets a page.</summary>
    public async Task CloseAsync(string connectionId)
    {
        if (!_connections.TryRemove(connectionId, out var connection))
        {
            return;
        }

        connection.Close();
        try
        {
            await grains.GetReaderGrain(new ReaderKey(connection.Reader)).UnsubscribeAsync(connection.Reference!);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the grain forgets it by itself within a minute
            LogNotReached(failure, connection.Reader);
        }

        grains.DeleteObjectReference<IReaderObserver>(connection.Reference!);
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
                _connections.Values,
                new ParallelOptions { MaxDegreeOfParallelism = ParallelRenewals, CancellationToken = stoppingToken },
                async (connection, _) => await RenewAsync(connection));
        }
    }

    private async Task RenewAsync(ReaderConnection connection)
    {
        try
        {
            await grains.GetReaderGrain(new ReaderKey(connection.Reader)).SubscribeAsync(connection.Reference!);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // the page asks by its cursor meanwhile, and the next renewal tries again
            LogNotReached(failure, connection.Reader);
        }
    }

    private async Task PumpAsync(ReaderConnection connection, CancellationToken aborted)
    {
        try
        {
            await connection.PumpAsync(aborted);
        }
        catch (OperationCanceledException)
        {
            // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogPushFailed(failure, connection.Reader);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reader {Reader} could not be reached for its connected page.")]
    private partial void LogNotReached(Exception failure, Guid reader);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pushing to a page of reader {Reader} failed; it asks by its cursor.")]
    private partial void LogPushFailed(Exception failure, Guid reader);
}
