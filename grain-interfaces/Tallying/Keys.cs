using System.Globalization;

namespace Actors.Tallying;

/// <summary>The key of a campaign grain: the campaign's slug.</summary>
/// <param name="Slug">1 to 64 characters of <c>a-z 0-9 - _</c>.</param>
public readonly record struct CampaignKey(string Slug)
{
    private const string Prefix = "campaign:";

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Slug;

    /// <summary>Reads a grain's key back.</summary>
    public static CampaignKey Parse(string key) => new(KeyText.Strip(key, Prefix));
}

/// <summary>The key of a certificate grain: the certificate's uuid.</summary>
/// <param name="Id">The uuid, unguessable.</param>
public readonly record struct CertificateKey(Guid Id)
{
    private const string Prefix = "certificate:";

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Id.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Reads a grain's key back.</summary>
    public static CertificateKey Parse(string key) => new(Guid.ParseExact(KeyText.Strip(key, Prefix), "N"));
}

/// <summary>The key of a reader grain: the reader's uuid, which is also its capability.</summary>
/// <param name="Id">The uuid, unguessable.</param>
public readonly record struct ReaderKey(Guid Id)
{
    private const string Prefix = "reader:";

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Id.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Reads a grain's key back.</summary>
    public static ReaderKey Parse(string key) => new(Guid.ParseExact(KeyText.Strip(key, Prefix), "N"));
}

internal static class KeyText
{
    /// <summary>Keys carry a prefix: keys that look like hexadecimal numbers collapse in some stores.</summary>
    public static string Strip(string key, string prefix) =>
        key.StartsWith(prefix, StringComparison.Ordinal)
            ? key[prefix.Length..]
            : throw new FormatException($"The grain key does not start with '{prefix}'.");
}
