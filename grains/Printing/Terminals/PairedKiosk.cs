using Orleans;

namespace Actors.Printing.Terminals;

/// <summary>A kiosk that waits for its token, as stored.</summary>
[GenerateSerializer, Alias("actors.printing.paired-kiosk")]
internal sealed class PairedKiosk
{
    /// <summary>What only the kiosk knows, hashed.</summary>
    [Id(0)]
    public string Kiosk { get; set; } = "";

    /// <summary>When its code is free again.</summary>
    [Id(1)]
    public DateTimeOffset Until { get; set; }

    /// <summary>What the staff call it, once they have confirmed it.</summary>
    [Id(2)]
    public string? Name { get; set; }
}
