using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Api.Meetings.Links;

/// <summary>Knows a browser again for a few minutes: whose network lost the way in may press the button once more.</summary>
internal static class Visitor
{
    private const string Cookie = "actors-visitor";
    private const int Bytes = 16;
    private const int MaxLength = 64;
    private const int HashBytes = 8;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A hash of the browser's cookie, which it gets where it has none.</summary>
    public static string Of(HttpContext http)
    {
        var value = http.Request.Cookies[Cookie];
        if (value is not { Length: > 0 and <= MaxLength })
        {
            value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
            http.Response.Cookies.Append(Cookie, value, new CookieOptions
            {
                HttpOnly = true,
                Secure = http.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                MaxAge = Lifetime,
                Path = http.Request.Path,
            });
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, HashBytes));
    }
}
