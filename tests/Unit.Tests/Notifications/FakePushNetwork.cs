using System.Net;
using System.Net.Sockets;
using Actors.Silo.Notifications;

namespace Actors.Unit.Tests.Notifications;

/// <summary>Names that lead where a test says, and addresses of the whole world that all are this machine.</summary>
internal sealed class FakePushNetwork : IPushNetwork
{
    private readonly PushNetwork _real = new();

    /// <summary>What a host's addresses are; asked each time.</summary>
    public Func<string, IPAddress[]> Resolve { get; set; } = static _ => [IPAddress.Loopback];

    /// <summary>Addresses at which nobody answers.</summary>
    public HashSet<IPAddress> Dead { get; } = [];

    /// <summary>Whether a connection is never made, and never refused.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What was looked up.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What was connected to.</summary>
    public List<IPEndPoint> Dialed { get; } = [];

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Asked.Add(host);
        return Task.FromResult(Resolve(host));
    }

    public async ValueTask<Stream> ConnectAsync(IPEndPoint end, CancellationToken cancellationToken)
    {
        Dialed.Add(end);
        if (IsSilent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return Dead.Contains(end.Address)
            ? throw new SocketException((int)SocketError.ConnectionRefused)
            : await _real.ConnectAsync(new IPEndPoint(IPAddress.Loopback, end.Port), cancellationToken);
    }
}
