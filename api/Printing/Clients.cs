using System.Security.Cryptography;
using System.Text;
using Actors.Api.Limits;

namespace Actors.Api.Printing;

/// <summary>Where a request comes from, as much of it as is needed to know it again.</summary>
internal static class Clients
{
    /// <summary>The same for requests of one network; it does not tell which.</summary>
    public static string KeyOf(HttpContext http) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(MissGuard.Network(http.Connection.RemoteIpAddress))).AsSpan(0, 8));
}
