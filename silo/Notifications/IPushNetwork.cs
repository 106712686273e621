using System.Net;
using System.Net.Sockets;

namespace Actors.Silo.Notifications;

/// <summary>The network as <see cref="PushConnector"/> uses it.</summary>
internal interface IPushNetwork
{
    /// <summary>The addresses of a host.</summary>
    /// <exception cref="SocketException">There are none.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>A connection to this very address.</summary>
    /// <exception cref="SocketException">It does not answer.</exception>
    ValueTask<Stream> ConnectAsync(IPEndPoint end, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IPushNetwork"/>
internal sealed class PushNetwork : IPushNetwork
{
    /// <inheritdoc/>
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Stream> ConnectAsync(IPEndPoint end, CancellationToken cancellationToken)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(end, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
