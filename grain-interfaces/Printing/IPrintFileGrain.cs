using Orleans;
using Orleans.Concurrency;

namespace Actors.Printing;

/// <summary>A file to print, found by its pin until its time is over; then the pin is free again.</summary>
[Alias("actors.printing.file")]
public interface IPrintFileGrain : IGrainWithStringKey
{
    /// <summary>Takes the pin for a file; null when another file has it. The same file may ask again.</summary>
    [Alias("reserve")]
    Task<PrintFileInfo?> ReserveAsync(ReservePrintFile command);

    /// <summary>The file, or null when the pin is free.</summary>
    [Alias("get"), ReadOnly]
    Task<PrintFileInfo?> GetAsync();

    /// <summary>Gives the file its content, which is stored already. Of two contents the first stays.</summary>
    [Alias("accept")]
    Task<PrintFileOutcome> AcceptAsync(AcceptPrintContent command);

    /// <summary>Changes options; a change that is refused changes nothing.</summary>
    [Alias("change")]
    Task<PrintFileOutcome> ChangeAsync(PrintOptionsChange change);

    /// <summary>What a terminal is told that was given the pin: that counts as a print, once a minute for each terminal.</summary>
    /// <param name="terminal">The terminal's id.</param>
    [Alias("take")]
    Task<TakeOutcome> TakeAsync(string terminal);

    /// <summary>Says by which job the file is printed, before that is queued; false when the pin has another file, or none.</summary>
    /// <param name="file">The file's id.</param>
    /// <param name="job">The job.</param>
    [Alias("bind-job")]
    Task<bool> BindJobAsync(Guid file, PrintJobPlace job);

    /// <summary>Forgets the file, its content and its job where that still waits, and frees the pin; false when it was free.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync();
}

/// <summary>A file to come.</summary>
/// <param name="Id">The file's id; the caller's own, so that it can ask again.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Source">The program by which it comes, or empty.</param>
/// <param name="Member">Whose it is, or null.</param>
/// <param name="Options">How it is printed; judged already by itself.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.reserve")]
public sealed record ReservePrintFile(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Source,
    [property: Id(3)] PrintOwner? Member,
    [property: Id(4)] PrintOptions Options);

/// <summary>A member as a file's owner.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Surname">In upper case.</param>
/// <param name="UnionNumber">In upper case, or null.</param>
/// <param name="StudentNumber">In upper case, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.owner")]
public sealed record PrintOwner(
    [property: Id(0)] long Id,
    [property: Id(1)] string Surname,
    [property: Id(2)] string? UnionNumber,
    [property: Id(3)] string? StudentNumber);

/// <summary>A content that was checked and stored.</summary>
/// <param name="StoredName">The name under which it lies.</param>
/// <param name="Pages">How many pages it has.</param>
/// <param name="Bytes">Its size.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.accept")]
public sealed record AcceptPrintContent(
    [property: Id(0)] string StoredName,
    [property: Id(1)] int Pages,
    [property: Id(2)] long Bytes);

/// <summary>A file, as others see it.</summary>
/// <param name="Id">The file's id.</param>
/// <param name="Pin">Its pin.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Owner">Whose it is, or null.</param>
/// <param name="Options">How it is printed.</param>
/// <param name="StoredName">The name of its content, or null before the upload.</param>
/// <param name="Pages">How many pages it has; 0 before the upload.</param>
/// <param name="Sheets">How many sheets the options need; 0 before the upload.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
/// <param name="Job">The newest job by which it is printed, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.file-info")]
public sealed record PrintFileInfo(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Pin,
    [property: Id(2)] string Name,
    [property: Id(3)] PrintOwner? Owner,
    [property: Id(4)] PrintOptions Options,
    [property: Id(5)] string? StoredName,
    [property: Id(6)] int Pages,
    [property: Id(7)] int Sheets,
    [property: Id(8)] DateTimeOffset ExpiresAt,
    [property: Id(9)] PrintJobPlace? Job)
{
    /// <summary>Whether it has its content.</summary>
    public bool IsUploaded => StoredName is not null;
}

/// <summary>What a terminal is told that was given a pin.</summary>
/// <param name="IsInQuota">False when the owner has printed his sheets of this month; then it is not to be printed.</param>
/// <param name="File">The file, or null when the pin is free.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.take-outcome")]
public sealed record TakeOutcome([property: Id(0)] bool IsInQuota, [property: Id(1)] PrintFileInfo? File);

/// <summary>Where a job is found.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Terminal">The terminal's id.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.job-place")]
public sealed record PrintJobPlace([property: Id(0)] Guid Job, [property: Id(1)] string Terminal);

/// <summary>What came of a change.</summary>
/// <param name="Status">Whether it was done.</param>
/// <param name="File">The file as it is now; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.file-outcome")]
public sealed record PrintFileOutcome(
    [property: Id(0)] PrintFileStatus Status,
    [property: Id(1)] PrintFileInfo? File);

/// <summary>Whether a change to a file was done, or why not.</summary>
[GenerateSerializer, Alias("actors.printing.file-status")]
public enum PrintFileStatus
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>The pin is free: there is no file.</summary>
    Unknown = 1,

    /// <summary>It has a content already.</summary>
    AlreadyUploaded = 2,

    /// <summary>A page beyond the last one is asked for.</summary>
    NoSuchPage = 3,

    /// <summary>It needs more sheets than one print may.</summary>
    TooManySheets = 4,
}
