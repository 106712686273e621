using Actors.Tallying.Gossip;
using Actors.Tallying.Readers;
using Orleans;
using Orleans.Runtime;

namespace Actors.Tallying;

/// <summary>What the campaign's readers tell each other, beside the log and without it.</summary>
internal sealed partial class ReaderGrain
{
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
