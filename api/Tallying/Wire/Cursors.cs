using System.Globalization;

namespace Actors.Api.Tallying.Wire;

/// <summary>
/// Cursors on the wire: opaque texts for new clients, and for old ones the number of seconds that the seed's answer
/// had. Both name a position: microseconds since the Unix epoch.
/// </summary>
internal static class Cursors
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const decimal MicrosecondsPerSecond = 1_000_000m;
    private const int MaxLength = 64;

    public static string Format(long position, char kind = 'p')
    {
        Span<char> text = stackalloc char[14];
        var at = text.Length;
        do
        {
            text[--at] = Digits[(int)(position % 36)];
            position /= 36;
        }
        while (position > 0);
        text[--at] = kind;
        return new string(text[at..]);
    }

    /// <summary>Seconds with six decimals: exactly the position.</summary>
    public static string FormatSeconds(long position) =>
        (position / MicrosecondsPerSecond).ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Reads a cursor that was handed out, or a number of seconds; empty is the beginning.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long position, char kind = 'p')
    {
        position = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length > MaxLength)
        {
            return false;
        }

        return text[0] == kind ? TryParseDigits(text[1..], out position) : TryParseSeconds(text, out position);
    }

    /// <summary>Reads a number of seconds; what is above any time is the end of time.</summary>
    public static bool TryParseSeconds(ReadOnlySpan<char> text, out long position)
    {
        position = 0;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.Length > MaxLength || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var rough) || !double.IsFinite(rough))
        {
            return false;
        }

        // a double has no room for the microseconds of today, a decimal none for any double
        if (rough >= long.MaxValue / 1_000_000d)
        {
            position = long.MaxValue;
        }
        else if (rough > 0 && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var seconds))
        {
            position = (long)(seconds * MicrosecondsPerSecond);
        }

        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, out long position)
    {
        position = 0;
        if (text.Length is 0 or > 12)
        {
            return false;
        }

        foreach (var c in text)
        {
            var digit = Digits.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            position = position * 36 + digit;
        }

        return true;
    }
}
