using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Actors.Meetings;

namespace Actors.Silo.Meetings;

/// <summary>How calls are written and signed (BigBlueButton API, "API Security Model").</summary>
public static class BbbQuery
{
    /// <summary>The parameters as they are sent, and as they are signed.</summary>
    public static string Write(ImmutableArray<MeetingParameter> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value)}"));

    /// <summary>The checksum of a call, in lower-case hexadecimal digits.</summary>
    /// <param name="algorithm">By which it is made.</param>
    /// <param name="call">The call's name.</param>
    /// <param name="query">The query exactly as it is sent, without the checksum.</param>
    /// <param name="secret">The shared secret.</param>
    public static string Checksum(BbbAlgorithm algorithm, string call, string query, string secret)
    {
        var text = Encoding.UTF8.GetBytes(call + query + secret);
#pragma warning disable CA5350 // what an old server knows; the secret is in the hash, and nothing else protects its calls
        return Convert.ToHexStringLower(algorithm switch
        {
            BbbAlgorithm.Sha1 => SHA1.HashData(text),
            BbbAlgorithm.Sha384 => SHA384.HashData(text),
            BbbAlgorithm.Sha512 => SHA512.HashData(text),
            _ => SHA256.HashData(text),
        });
#pragma warning restore CA5350
    }

    /// <summary>The whole address of a call.</summary>
    public static string Address(Uri server, string call, string query, string checksum)
    {
        var signed = query.Length == 0 ? $"checksum={checksum}" : $"{query}&checksum={checksum}";
        return $"{server.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/{call}?{signed}";
    }
}
