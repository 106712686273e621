using Orleans;

namespace Actors.Printing.Terminals;

/// <summary>Who has the symbols of a QR token, as stored.</summary>
[GenerateSerializer, Alias("actors.printing.qr-token-state")]
internal sealed class QrTokenState
{
    [Id(0)]
    public string Terminal { get; set; } = "";

    [Id(1)]
    public DateTimeOffset Until { get; set; }
}
