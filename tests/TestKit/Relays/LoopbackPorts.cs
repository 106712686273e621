using System.Net;
using System.Net.Sockets;

namespace Actors.TestKit.Relays;

/// <summary>Ports of this machine for servers that are started again on the same one.</summary>
public static class LoopbackPorts
{
    // Below those that outgoing connections get, which would take the port while its server is down.
    private const int Lowest = 12_000;
    private const int Highest = 32_000;

    /// <summary>One that nobody uses.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // In use.
            }
        }
    }
}
