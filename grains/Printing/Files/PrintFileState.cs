using Orleans;

namespace Actors.Printing.Files;

/// <summary>A pin, as stored.</summary>
[GenerateSerializer, Alias("actors.printing.file-state")]
internal sealed class PrintFileState
{
    /// <summary>The file that has the pin.</summary>
    [Id(0)]
    public StoredPrintFile? File { get; set; }
}

/// <summary>A file, as stored.</summary>
[GenerateSerializer, Immutable, Alias("actors.printing.stored-file")]
internal sealed record StoredPrintFile(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Source,
    [property: Id(3)] PrintOwner? Owner,
    [property: Id(4)] PrintOptions Options,
    [property: Id(5)] DateTimeOffset ExpiresAt,
    [property: Id(6)] string? StoredName,
    [property: Id(7)] int Pages,
    [property: Id(8)] long Bytes,
    [property: Id(9)] string? Terminal,
    [property: Id(10)] DateTimeOffset? TakenAt,
    [property: Id(11)] PrintJobPlace? Job)
{
    public PrintFileInfo Describe(string pin) => new(
        Id, pin, Name, Owner, Options, StoredName, Pages, StoredName is null ? 0 : (int)PageRanges.Sheets(Pages, Options), ExpiresAt, Job);
}
