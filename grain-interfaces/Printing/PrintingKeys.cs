using System.Globalization;
using Orleans;

namespace Actors.Printing;

/// <summary>The key of a file to print: its pin, in upper case.</summary>
/// <param name="Pin">The pin.</param>
public readonly record struct PrintFileKey(string Pin)
{
    private const string Prefix = "print-file:";

    /// <summary>The key of a pin as somebody typed it.</summary>
    public static PrintFileKey Of(string pin) => new(pin.ToUpperInvariant());

    /// <summary>The key of a grain.</summary>
    public static PrintFileKey Parse(string key) => new(key[Prefix.Length..]);

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Pin;
}

/// <summary>The key of a terminal: the id of the token that it comes with.</summary>
/// <param name="Id">The token's public id.</param>
public readonly record struct TerminalKey(string Id)
{
    private const string Prefix = "terminal:";

    /// <summary>The key of a grain.</summary>
    public static TerminalKey Parse(string key) => new(key[Prefix.Length..]);

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Id;
}

/// <summary>The key of what a terminal shows as a QR code, without the prefix of the settings.</summary>
/// <param name="Text">The token's symbols.</param>
public readonly record struct QrTokenKey(string Text)
{
    private const string Prefix = "qr-token:";

    /// <summary>The key of a grain.</summary>
    public static QrTokenKey Parse(string key) => new(key[Prefix.Length..]);

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Text;
}

/// <summary>The key of how much a member may still print.</summary>
/// <param name="Member">The member's id.</param>
public readonly record struct PrintQuotaKey(long Member)
{
    private const string Prefix = "print-quota:";

    /// <summary>The key of a grain.</summary>
    public static PrintQuotaKey Parse(string key) => new(long.Parse(key.AsSpan(Prefix.Length), CultureInfo.InvariantCulture));

    /// <summary>The grain's key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Member}");
}

/// <summary>The key of a kiosk that waits for its token: the code on its screen, without dashes.</summary>
/// <param name="Code">The code.</param>
public readonly record struct PairingKey(string Code)
{
    private const string Prefix = "pairing:";

    /// <summary>The key of a grain.</summary>
    public static PairingKey Parse(string key) => new(key[Prefix.Length..]);

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Code;
}

/// <summary>The only way by which these grains are fetched.</summary>
public static class PrintingGrainFactoryExtensions
{
    /// <summary>The file of a pin.</summary>
    public static IPrintFileGrain GetPrintFileGrain(this IGrainFactory grains, PrintFileKey key) => grains.GetGrain<IPrintFileGrain>(key.ToString());

    /// <summary>The terminal of a token.</summary>
    public static ITerminalGrain GetTerminalGrain(this IGrainFactory grains, TerminalKey key) => grains.GetGrain<ITerminalGrain>(key.ToString());

    /// <summary>A member's sheets of this month.</summary>
    public static IPrintQuotaGrain GetPrintQuotaGrain(this IGrainFactory grains, PrintQuotaKey key) => grains.GetGrain<IPrintQuotaGrain>(key.ToString());

    /// <summary>The kiosk that shows this code.</summary>
    public static IPairingGrain GetPairingGrain(this IGrainFactory grains, PairingKey key) => grains.GetGrain<IPairingGrain>(key.ToString());

    /// <summary>The QR token with these symbols.</summary>
    public static IQrTokenGrain GetQrTokenGrain(this IGrainFactory grains, QrTokenKey key) => grains.GetGrain<IQrTokenGrain>(key.ToString());
}
