using System.Net;
using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>Proxies in front of this server.</summary>
internal sealed class ProxyOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "Proxy";

    /// <summary>Addresses or networks (10.0.0.0/8) whose X-Forwarded headers count. Default: none.</summary>
    public IReadOnlyList<string> Known { get; set; } = [];

    /// <summary>The networks, single addresses included.</summary>
    public IEnumerable<IPNetwork> Networks => Known.Select(text => TryParse(text, out var network) ? network : default);

    /// <inheritdoc/>
    public IEnumerable<string> Refusals() => Known
        .Where(text => !TryParse(text, out _))
        .Select(text => $"Proxy:Known has '{text}', which is no address (10.0.0.7) and no network (10.0.0.0/8).");

    private static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
