using System.Globalization;
using System.Text.Json;

namespace Actors.Api.Tallying.Wire;

/// <summary>Times on the wire: seconds since the Unix epoch in tallies, ISO 8601 in what people enter.</summary>
internal static class Times
{
    private const double MaxSeconds = 253402300799;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd' 'HH:mmK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Seconds of a reader's clock; a clock that shows an impossible time is not refused, its scans count by our clock.</summary>
    public static DateTimeOffset FromSeconds(double seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Clamp(double.IsNaN(seconds) ? 0 : seconds, 0, MaxSeconds) * 1_000_000d) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Seconds with up to six decimals.</summary>
    public static decimal ToSeconds(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond / 1_000_000m;

    /// <summary>A moment in UTC to the second, as ISO 8601, or null.</summary>
    public static string? Format(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes a moment so, or null.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time) => json.WriteString(name, Format(time));

    /// <summary>
    /// Reads ISO 8601: a date and a time with an offset. Without an offset it is UTC, a date alone is its midnight in
    /// UTC; empty is none.
    /// </summary>
    public static bool TryParse(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (text.Length > 40 || !DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            || parsed < DateTimeOffset.UnixEpoch)
        {
            return false;
        }

        time = parsed.ToUniversalTime();
        return true;
    }
}
