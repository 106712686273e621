using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Tallying.Certificates;

/// <summary>Base45 (RFC 9285): bytes in the alphabet of a QR code's alphanumeric mode.</summary>
public static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);
    private static readonly byte[] Values = MakeValues();

    /// <summary>Encodes bytes: two as three characters, a last single one as two.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length / 2 * 3 + bytes.Length % 2 * 2];
        var at = 0;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            var value = bytes[i] << 8 | bytes[i + 1];
            text[at++] = Alphabet[value % 45];
            text[at++] = Alphabet[value / 45 % 45];
            text[at++] = Alphabet[value / (45 * 45)];
        }

        if (bytes.Length % 2 == 1)
        {
            text[at++] = Alphabet[bytes[^1] % 45];
            text[at] = Alphabet[bytes[^1] / 45];
        }

        return new string(text);
    }

    /// <summary>Decodes; false for a character outside the alphabet, an impossible length or a group above its range.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 3 == 1 || text.ContainsAnyExcept(Allowed))
        {
            return false;
        }

        var decoded = new byte[text.Length / 3 * 2 + text.Length % 3 / 2];
        var at = 0;
        while (text.Length >= 3)
        {
            var value = Values[text[0]] + Values[text[1]] * 45 + Values[text[2]] * 45 * 45;
            if (value > ushort.MaxValue)
            {
                return false;
            }

            decoded[at++] = (byte)(value >> 8);
            decoded[at++] = (byte)value;
            text = text[3..];
        }

        if (text.Length == 2)
        {
            var value = Values[text[0]] + Values[text[1]] * 45;
            if (value > byte.MaxValue)
            {
                return false;
            }

            decoded[at] = (byte)value;
        }

        bytes = decoded;
        return true;
    }

    private static byte[] MakeValues()
    {
        var values = new byte[128];
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (byte)i;
        }

        return values;
    }
}
