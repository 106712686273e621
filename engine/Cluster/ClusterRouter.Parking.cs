using Orleans.Runtime;

namespace Actors.Engine.Cluster;

/// <summary>What becomes of calls that are under way when this silo parks.</summary>
internal sealed partial class ClusterRouter
{
    private bool _wasParked;

    // What they wait for is mostly the database that cannot be reached. Whoever sent them finds the next silo by itself,
    // and would otherwise wait for as long as this one's storage does.
    private void WatchParking()
    {
        var isParked = _members.IsParked;
        if (isParked && !_wasParked)
        {
            foreach (var call in _hub.Connections.SelectMany(connection => connection.Inbound.All()))
            {
                call.TryFail(new SiloUnavailableException(
                    $"The silo could not prove its membership any more before {call.Request} was answered: whether it had an effect is unknown."));
            }
        }

        _wasParked = isParked;
    }
}
