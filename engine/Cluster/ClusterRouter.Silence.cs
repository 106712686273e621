using Actors.Engine.Transport;

namespace Actors.Engine.Cluster;

/// <summary>Who is not heard any more.</summary>
internal sealed partial class ClusterRouter
{
    // About five seconds.
    private const int SpareTicks = 100;

    private long _watched;

    private long Silence => _engine.Options.Membership.Silence.Ticks;

    private void WatchSilence()
    {
        var now = Now;
        var stood = now - _watched > Silence / 2;
        _watched = now;
        foreach (var connection in _hub.Connections)
        {
            if (stood)
            {
                // This process stood still itself, so that it cannot have heard anybody.
                connection.Forgive();
            }

            Watch(connection, now - connection.Heard);
        }
    }

    private void Watch(Connection connection, long silence)
    {
        connection.Ping(Silence / 3);
        if (silence >= Silence && connection.Peer.Silo is { } silo)
        {
            if (!_members.View.Contains(silo))
            {
                connection.Close(new TimeoutException($"{silo} left the cluster, and nothing was heard of it since."));
                return;
            }

            _members.Suspect(silo, $"nothing was heard of it for {TimeSpan.FromTicks(silence).TotalSeconds:0.0} s");
        }

        if (IsSpare(connection))
        {
            connection.SpareTicks++;
            if (connection.SpareTicks > SpareTicks)
            {
                connection.Close(null);
                return;
            }
        }
        else
        {
            connection.SpareTicks = 0;
        }

        // A connection may be dead though its other end lives: a new one tells.
        if (silence >= 2 * Silence)
        {
            connection.Close(new TimeoutException($"Nothing was heard of {connection.Peer} for {TimeSpan.FromTicks(silence)}."));
        }
    }

    // One of two that both ends made at once, or the way to an earlier life of a silo.
    private bool IsSpare(Connection connection) =>
        connection.Peer.Silo is { } silo && _hub.Find(silo)?.Connection != connection && _hub.Find(connection.Peer.ProcessId) != connection && connection.IsIdle;
}
