using System.Net;
using System.Net.Sockets;

namespace Actors.Silo.Notifications;

/// <summary>Connects to where an endpoint leads, unless that is inside: the address that was judged is the one connected to, whatever the name says next.</summary>
/// <param name="network">Looks up names and connects.</param>
/// <param name="allowPrivate">Whether any address will do.</param>
internal sealed class PushConnector(IPushNetwork network, bool allowPrivate)
{
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context.DnsEndPoint, cancellationToken);

    internal async ValueTask<Stream> ConnectAsync(DnsEndPoint end, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await network.ResolveAsync(end.Host, cancellationToken);
        var allowed = allowPrivate ? found : [.. found.Where(PublicAddresses.Include)];
        if (found.Length > 0 && allowed.Length == 0)
        {
            throw new ForbiddenAddressException();
        }

        SocketException? last = null;
        foreach (var address in allowed)
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(address, end.Port), cancellationToken);
            }
            catch (SocketException failure)
            {
                // the next address may answer; the last failure is told
                last = failure;
            }
        }

        throw new HttpRequestException(HttpRequestError.ConnectionError, "No address of the push service answers.", last);
    }
}

/// <summary>An endpoint leads to the inside of a network.</summary>
internal sealed class ForbiddenAddressException() : IOException("The address is not on the public internet.");
