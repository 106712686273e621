using System.Collections.Immutable;
using Orleans;

namespace Actors.Printing.Terminals;

/// <summary>A terminal, as stored.</summary>
[GenerateSerializer, Immutable, Alias("actors.printing.terminal-state")]
internal sealed record TerminalState
{
    /// <summary>Of a terminal that was never there.</summary>
    public static TerminalState None { get; } = new() { Tokens = [], Items = [], Ended = [] };

    /// <summary>Codes that are good or were of late; the last one is on the screen.</summary>
    [Id(0)]
    public ImmutableArray<StoredQrToken> Tokens { get; init; }

    /// <summary>What it has not finished, in order.</summary>
    [Id(1)]
    public ImmutableArray<StoredItem> Items { get; init; }

    /// <summary>Jobs that ended, the newest first; a few.</summary>
    [Id(2)]
    public ImmutableArray<PrintJobInfo> Ended { get; init; }

    /// <summary>When it was connected last.</summary>
    [Id(3)]
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>As it was stored: what was empty may have been left out.</summary>
    public TerminalState Whole() => this with
    {
        Tokens = Tokens.IsDefault ? [] : Tokens,
        Items = Items.IsDefault ? [] : Items,
        Ended = Ended.IsDefault ? [] : Ended,
    };
}

/// <summary>A QR code that a terminal shows or showed.</summary>
[GenerateSerializer, Immutable, Alias("actors.printing.stored-qr-token")]
internal sealed record StoredQrToken(
    [property: Id(0)] string Text,
    [property: Id(1)] DateTimeOffset ShownUntil,
    [property: Id(2)] DateTimeOffset GoodUntil);

/// <summary>Something that a terminal is to do, as stored.</summary>
/// <param name="Item">What.</param>
/// <param name="QueuedAt">Since when.</param>
/// <param name="TakenAt">When the terminal said that it has it; null before.</param>
/// <param name="Fetched">The prints among its files whose content was fetched.</param>
/// <param name="Progress">Where it is.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.stored-item")]
internal sealed record StoredItem(
    [property: Id(0)] TerminalItem Item,
    [property: Id(1)] DateTimeOffset QueuedAt,
    [property: Id(2)] DateTimeOffset? TakenAt,
    [property: Id(3)] ImmutableArray<Guid> Fetched,
    [property: Id(4)] PrintProgress Progress)
{
    public bool IsTaken => TakenAt is not null;

    /// <summary>What the terminal has still to be given of it.</summary>
    public TerminalItem Rest => Fetched.IsEmpty ? Item : Item with { Files = Item.Files.RemoveAll(file => Fetched.Contains(file.Print)) };

    public PrintJobInfo Describe() => new(Item.Id, Item.Files.Length, Item.Files.Sum(file => file.Sheets), Progress, QueuedAt);
}
