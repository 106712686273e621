using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Api.Https;

/// <summary>
/// The extension that binds an authority to some names (RFC 5280 §4.2.1.10): whoever trusts it on a phone trusts it
/// for this machine and for private networks, not for the whole web.
/// </summary>
internal static class NameConstraints
{
    private const string Oid = "2.5.29.30";
    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    private static readonly IPNetwork[] PrivateNetworks =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>The extension that permits these names, and addresses of private networks whatever they are.</summary>
    public static X509Extension Create(MachineNames names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Permitted))
        {
            foreach (var name in names.Dns)
            {
                using (writer.PushSequence())
                {
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
                }
            }

            foreach (var network in PrivateNetworks.Concat(names.Addresses.Where(IsPublic).Select(Single)))
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString([.. network.BaseAddress.GetAddressBytes(), .. Mask(network)], IpAddress);
                }
            }
        }

        return new X509Extension(Oid, writer.Encode(), critical: true);
    }

    /// <summary>Whether the authority may certify all of these.</summary>
    public static bool Permit(X509Certificate2 authority, MachineNames names)
    {
        if (authority.Extensions[Oid] is not { } extension)
        {
            return false;
        }

        var dns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var networks = new List<byte[]>();
        var trees = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence().ReadSequence(Permitted);
        while (trees.HasData)
        {
            var tree = trees.ReadSequence();
            if (tree.PeekTag().HasSameClassAndValue(DnsName))
            {
                dns.Add(tree.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
            }
            else
            {
                networks.Add(tree.ReadOctetString(IpAddress));
            }
        }

        return names.Dns.All(name => dns.Any(permitted => name == permitted || name.EndsWith("." + permitted, StringComparison.OrdinalIgnoreCase)))
            && names.Addresses.All(address => networks.Exists(network => Contains(network, address.GetAddressBytes())));
    }

    private static bool Contains(byte[] network, byte[] address)
    {
        var length = address.Length;
        return network.Length == 2 * length && Enumerable.Range(0, length).All(i => ((network[i] ^ address[i]) & network[length + i]) == 0);
    }

    private static bool IsPublic(IPAddress address) => !PrivateNetworks.Any(network => network.Contains(address));

    private static IPNetwork Single(IPAddress address) => new(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128);

    private static byte[] Mask(IPNetwork network)
    {
        var mask = new byte[network.BaseAddress.GetAddressBytes().Length];
        for (var bit = 0; bit < network.PrefixLength; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return mask;
    }
}
