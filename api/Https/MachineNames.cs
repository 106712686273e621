using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Actors.Api.Settings;

namespace Actors.Api.Https;

/// <summary>By what names and addresses other devices reach this machine.</summary>
internal sealed record MachineNames(IReadOnlyList<string> Dns, IReadOnlyList<IPAddress> Addresses)
{
    public static MachineNames Current(HttpsOptions options, PublicOptions publicOptions)
    {
        var host = System.Net.Dns.GetHostName().ToLowerInvariant();
        var given = options.Names.Concat(publicOptions.Url is { } url ? [url.Host] : []).ToArray();
        string[] dns = ["localhost", host, .. host.Contains('.', StringComparison.Ordinal) ? Array.Empty<string>() : [$"{host}.local"], .. given.Where(name => !IPAddress.TryParse(name, out _))];
        IPAddress[] addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback, .. InterfaceAddresses(), .. given.Select(name => IPAddress.TryParse(name, out var address) ? address : null).OfType<IPAddress>()];
        return new MachineNames(
            [.. dns.Where(name => Uri.CheckHostName(name) == UriHostNameType.Dns).Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal)],
            [.. addresses.Distinct()]);
    }

    /// <summary>Addresses that a phone on the same network could open, IPv4 first.</summary>
    public IEnumerable<IPAddress> Reachable => Addresses.Where(address => !IPAddress.IsLoopback(address)).OrderBy(address => address.AddressFamily);

    private static IEnumerable<IPAddress> InterfaceAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        // link-local IPv6 addresses need a zone, which no browser takes
        .Where(address => address.AddressFamily is AddressFamily.InterNetwork || (address.AddressFamily is AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal));
}
