using System.Collections.Immutable;
using Orleans;

namespace Actors.Printing.Files;

/// <summary>What is held back of a member's sheets, as stored.</summary>
[GenerateSerializer, Alias("actors.printing.quota-state")]
internal sealed class PrintQuotaState
{
    /// <summary>The prints that are queued; nothing before the first one.</summary>
    [Id(0)]
    public ImmutableArray<HeldSheets> Held { get; set; }
}

/// <summary>Sheets that are held back for a print.</summary>
[GenerateSerializer, Immutable, Alias("actors.printing.held-sheets")]
internal sealed record HeldSheets(
    [property: Id(0)] Guid Print,
    [property: Id(1)] int Sheets,
    [property: Id(2)] DateTimeOffset Until);
