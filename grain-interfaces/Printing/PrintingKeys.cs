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

/// <summary>The only way by which these grains are fetched.</summary>
public static class PrintingGrainFactoryExtensions
{
    /// <summary>The file of a pin.</summary>
    public static IPrintFileGrain GetPrintFileGrain(this IGrainFactory grains, PrintFileKey key) => grains.GetGrain<IPrintFileGrain>(key.ToString());

    /// <summary>The terminal of a token.</summary>
    public static ITerminalGrain GetTerminalGrain(this IGrainFactory grains, TerminalKey key) => grains.GetGrain<ITerminalGrain>(key.ToString());

    /// <summary>The QR token with these symbols.</summary>
    public static IQrTokenGrain GetQrTokenGrain(this IGrainFactory grains, QrTokenKey key) => grains.GetGrain<IQrTokenGrain>(key.ToString());
}
