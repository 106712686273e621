using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Api.Auth;

/// <summary>The secret text of a token. 256 random bits need no salt and no slow hash.</summary>
internal static class TokenSecret
{
    public const int MaxLength = 512;
    private const string Prefix = "act_";
    private const int SecretBytes = 32;
    private const int IdBytes = 9;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string CreateId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    public static ImmutableArray<byte> Hash(string secret) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(secret))];

    public static bool Equal(ImmutableArray<byte> a, ImmutableArray<byte> b) => CryptographicOperations.FixedTimeEquals(a.AsSpan(), b.AsSpan());
}
