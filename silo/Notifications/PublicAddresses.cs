using System.Net;
using System.Net.Sockets;

namespace Actors.Silo.Notifications;

/// <summary>Which addresses are of the public internet (the registries of RFC 6890 and its successors).</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] s_special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork s_translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_sixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Whether a server on the public internet may have this address.</summary>
    public static bool Include(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Include(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // an IPv4 address within: where the packets end
            if (s_translated.Contains(address))
            {
                return Include(new IPAddress(address.GetAddressBytes().AsSpan(12, 4)));
            }

            if (s_sixToFour.Contains(address) || !s_global.Contains(address))
            {
                return false;
            }
        }

        return !s_special.Any(network => network.Contains(address));
    }
}
