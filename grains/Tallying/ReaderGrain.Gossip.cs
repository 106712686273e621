using Actors.Tallying.Gossip;
using Actors.Tallying.Readers;
using Orleans;
using Orleans.Runtime;

namespace Actors.Tallying;

/// <summary>What the campaign's readers tell each other, beside the log and without it.</summary>
internal sealed partial class ReaderGrain
{
    /// <summary>Shorter than the front waits for a list, so that there is time to answer without the log.</summary>
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(1.5);

    private ReaderGossip? _gossip;
    private IGrainTimer? _gossipTimer;

    public Task<GossipAnswer?> GossipAsync(GossipMessage message)
    {
        if (_gossip is not null && ReaderRules.MayOpen(_reader, _time.GetUtcNow()) == ReaderStatus.Expired)
        {
            LeaveGossip();
        }

        return Task.FromResult(_gossip?.Receive(message));
    }

    public async Task<EventPage> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        if (_reader is not { } reader)
        {
            return new EventPage(after, after, More: false, []);
        }

        var start = EventWindow.Start(after, _time.GetUtcNow(), _options.RecentWindow);
        try
        {
            var reading = _feeds.ReadAsync(reader.Campaign, start, EventWindow.Limit(limit), cancellationToken);
            return reading.IsCompleted ? await reading : await reading.AsTask().WaitAsync(LogPatience, _time, cancellationToken);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // without the log, what the readers told each other serves as far as nothing is missing in it
            var known = _homes.Read(reader.Campaign, start, EventWindow.Limit(limit));
            if (known is null)
            {
                throw;
            }

            LogServedWithoutLog(e, new Masked(_id));
            return known;
        }
    }

    private void JoinGossip(ReaderInfo reader)
    {
        if (_gossip is not null || ReaderRules.MayOpen(reader, _time.GetUtcNow()) == ReaderStatus.Expired)
        {
            return;
        }

        _gossipTimer = this.RegisterGrainTimer(
            TendGossipAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        _gossip = new ReaderGossip(
            _id, reader.Campaign, _homes, GrainFactory, wait => _gossipTimer?.Change(wait, Timeout.InfiniteTimeSpan));
    }

    private void LeaveGossip()
    {
        _gossip?.Leave();
        _gossip = null;
        _gossipTimer?.Dispose();
        _gossipTimer = null;
    }

    private Task TendGossipAsync()
    {
        _gossip?.Wake();
        return Task.CompletedTask;
    }
}
