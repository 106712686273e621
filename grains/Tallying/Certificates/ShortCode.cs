using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Tallying.Certificates;

/// <summary>
/// The code under a QR code that a person can type: 8 characters of Crockford's base32, the first 40 bits of
/// SHA-256 over the uuid, so that whoever holds the uuid can compute it offline.
/// </summary>
public static class ShortCode
{
    /// <summary>Characters without the dash.</summary>
    public const int Length = 8;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int MaxTyped = 64;

    /// <summary>The code of a certificate, 8 characters.</summary>
    public static string Of(Guid certificate)
    {
        var text = "actors-code:" + certificate.ToString("D", CultureInfo.InvariantCulture);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(hash) >> 24;
        Span<char> code = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--, bits >>= 5)
        {
            code[i] = Alphabet[(int)(bits & 31)];
        }

        return new string(code);
    }

    /// <summary>As printed: XXXX-XXXX.</summary>
    public static string Format(string code) => $"{code[..4]}-{code[4..]}";

    /// <summary>Reads a typed code: case, dashes and blanks do not matter, I and L are 1, O is 0.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out string? code)
    {
        code = null;
        if (typed is null || typed.Length > MaxTyped)
        {
            return false;
        }

        Span<char> read = stackalloc char[Length];
        var count = 0;
        foreach (var c in typed)
        {
            if (c is '-' || char.IsWhiteSpace(c))
            {
                continue;
            }

            var canonical = char.ToUpperInvariant(c) switch { 'I' or 'L' => '1', 'O' => '0', var other => other };
            if (count == Length || !Alphabet.Contains(canonical, StringComparison.Ordinal))
            {
                return false;
            }

            read[count++] = canonical;
        }

        code = count == Length ? new string(read) : null;
        return code is not null;
    }
}
