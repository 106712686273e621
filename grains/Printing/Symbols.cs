using System.Security.Cryptography;

namespace Actors.Printing;

/// <summary>Texts that nobody can guess.</summary>
public static class Symbols
{
    /// <summary>A to Z and 0 to 9.</summary>
    public const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private const int StoredNameLength = 128;

    /// <summary>A random text; each symbol is drawn by itself, all as likely.</summary>
    /// <param name="symbols">What it is made of.</param>
    /// <param name="length">How many.</param>
    public static string Draw(string symbols, int length) => RandomNumberGenerator.GetString(symbols, length);

    /// <summary>The name of a content: <c>YYYY-MM-DD-</c>, 128 random symbols, and the end of its owner's name.</summary>
    public static string StoredName(DateTimeOffset now, string extension, PrintingOptions options) =>
        $"{now.UtcDateTime:yyyy-MM-dd}-{Draw(options.PinSymbols, StoredNameLength)}.{extension}";
}
