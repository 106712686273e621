namespace Actors.TestKit.Phones;

/// <summary>What a camera sees for a while: a QR code, or the empty table when <see cref="Text"/> is null.</summary>
/// <param name="Text">The QR code's text.</param>
/// <param name="Seconds">For how long.</param>
public sealed record FilmedScene(string? Text, double Seconds);
