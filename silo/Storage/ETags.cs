using System.Globalization;

namespace Actors.Silo.Storage;

/// <summary>An ETag is a random number: a row cleared and made again never gets an old one, as a counter would.</summary>
internal static class ETags
{
    public static long Next() => Random.Shared.NextInt64(1, long.MaxValue);

    public static string Format(long value) => value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>0, which no row has, for a text that is no ETag.</summary>
    public static long Parse(string text) =>
        text.Length == 16 && long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
