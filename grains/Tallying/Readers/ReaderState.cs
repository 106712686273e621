using Orleans;

namespace Actors.Tallying.Readers;

/// <summary>A reader, as stored.</summary>
[GenerateSerializer, Alias("actors.tallying.reader-state")]
internal sealed class ReaderState
{
    [Id(0)]
    public string Campaign { get; set; } = "";

    [Id(1)]
    public string Name { get; set; } = "";

    [Id(2)]
    public List<string> ReadableMetadata { get; set; } = [];

    [Id(3)]
    public bool Tally { get; set; }

    [Id(4)]
    public bool OfflineRoster { get; set; }

    [Id(5)]
    public DateTimeOffset? ValidityStart { get; set; }

    [Id(6)]
    public DateTimeOffset? ValidityEnd { get; set; }

    [Id(7)]
    public string? Gate { get; set; }

    [Id(8)]
    public ReaderDirection Direction { get; set; }

    public static ReaderState From(SaveReader command) => new()
    {
        Campaign = command.Campaign,
        Name = command.Name,
        ReadableMetadata = [.. command.ReadableMetadata],
        Tally = command.Tally,
        OfflineRoster = command.OfflineRoster,
        ValidityStart = command.ValidityStart,
        ValidityEnd = command.ValidityEnd,
        Gate = command.Gate,
        Direction = command.Direction,
    };

    public ReaderInfo Describe(Guid id) => new(
        id, Campaign, Name, [.. ReadableMetadata], Tally, OfflineRoster, ValidityStart, ValidityEnd, Gate, Direction);
}
