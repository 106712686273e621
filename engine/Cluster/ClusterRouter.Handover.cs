using Actors.Engine.Runtime;
using Actors.Engine.Transport;
using Orleans.Runtime;

namespace Actors.Engine.Cluster;

/// <summary>
/// A grain that moves begins at its new silo when it has ended at its old one, if that one is still heard: so a change
/// of the view costs its callers a moment and no conflict of two activations. Who is not heard is not waited for; then
/// only the ETag keeps two activations apart.
/// </summary>
internal sealed partial class ClusterRouter
{
    private static readonly TimeSpan HandoverTime = TimeSpan.FromSeconds(2);

    private readonly List<PastView> _past = [];
    private TaskCompletionSource _settling = NewSettling();
    private ClusterView _followed = ClusterView.Unknown;
    private long _settled;

    /// <summary>Up to which view nothing is left here that belongs elsewhere.</summary>
    public long SettledVersion => Volatile.Read(ref _settled);

    /// <summary>Another process has settled.</summary>
    public void HeardOfSettling()
    {
        lock (_past)
        {
            _settling.TrySetResult();
            _settling = NewSettling();
        }
    }

    /// <summary>Ends when no silo that held the grain a moment ago still does, or it has had its time.</summary>
    public async ValueTask HandedOverAsync(GrainId grain, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task settling;
            lock (_past)
            {
                if (!IsAwaited(grain))
                {
                    return;
                }

                settling = _settling.Task;
            }

            // The clock's tick looks again too, lest a silo that went silent is waited for.
            await settling.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSettling() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void NoteChange(ClusterView view)
    {
        lock (_past)
        {
            var now = Now;
            _past.RemoveAll(past => now - past.ReplacedAt > HandoverTime.Ticks);
            if (_followed.Version < view.Version)
            {
                _past.Add(new PastView(_followed, view.Version, now));
                _followed = view;
            }
        }
    }

    private async Task SettleAsync(ClusterView view, IReadOnlyList<Activation> moving)
    {
        foreach (var activation in moving)
        {
            await activation.WhenGone;
        }

        lock (_past)
        {
            _settled = Math.Max(_settled, view.Version);
        }

        foreach (var connection in _hub.Connections)
        {
            connection.Send(new SignalFrame(FrameKind.Pong));
        }
    }

    private void WatchHandover()
    {
        bool isWaiting;
        lock (_past)
        {
            isWaiting = _past.Count > 0;
            _past.RemoveAll(past => Now - past.ReplacedAt > HandoverTime.Ticks);
        }

        if (isWaiting)
        {
            HeardOfSettling();
        }
    }

    private bool IsAwaited(GrainId grain)
    {
        var now = Now;
        foreach (var past in _past)
        {
            if (now - past.ReplacedAt <= HandoverTime.Ticks
                && past.View.OwnerOf(grain) is { } owner
                && owner != _members.Self
                && _hub.Connections.Any(connection =>
                    connection.Peer.Silo == owner && connection.SettledVersion < past.NextVersion && now - connection.Heard < Silence / 2))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record PastView(ClusterView View, long NextVersion, long ReplacedAt);
}
