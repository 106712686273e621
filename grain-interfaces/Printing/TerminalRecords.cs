using System.Collections.Immutable;
using Orleans;

namespace Actors.Printing;

/// <summary>A connection that wants to be the terminal's.</summary>
/// <param name="Connection">Its id.</param>
/// <param name="IsRepeated">Whether it was told to ask again.</param>
/// <param name="Abilities">What the terminal's program can do, as far as it is known yet.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.connect")]
public sealed record ConnectTerminal([property: Id(0)] Guid Connection, [property: Id(1)] bool IsRepeated, [property: Id(2)] TerminalAbilities Abilities);

/// <summary>A connection that still stands.</summary>
/// <param name="Connection">Its id.</param>
/// <param name="Abilities">What the terminal's program said it can do.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.renew")]
public sealed record RenewTerminal([property: Id(0)] Guid Connection, [property: Id(1)] TerminalAbilities Abilities);

/// <summary>Whether a connection is the terminal's.</summary>
[GenerateSerializer, Alias("actors.printing.connect-status")]
public enum ConnectStatus
{
    /// <summary>It is.</summary>
    Connected = 0,

    /// <summary>There is another one, which is asked whether it lives.</summary>
    Asked = 1,

    /// <summary>There is another one, and it lives.</summary>
    Taken = 2,
}

/// <summary>What came of a connection.</summary>
/// <param name="Status">Whether it is the terminal's.</param>
/// <param name="Token">What it shows; null unless it is connected.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.connect-outcome")]
public sealed record ConnectOutcome([property: Id(0)] ConnectStatus Status, [property: Id(1)] QrToken? Token);

/// <summary>What a terminal shows.</summary>
/// <param name="Text">The symbols, without the prefix of the settings.</param>
/// <param name="ShownUntil">When the next one comes.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.qr-token-shown")]
public sealed record QrToken([property: Id(0)] string Text, [property: Id(1)] DateTimeOffset ShownUntil);

/// <summary>What a terminal's program can do.</summary>
/// <param name="Acknowledges">It says that it has a job before it prints it.</param>
/// <param name="Reports">It says how a print goes on.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.abilities")]
public sealed record TerminalAbilities([property: Id(0)] bool Acknowledges, [property: Id(1)] bool Reports)
{
    /// <summary>Those of print-api's own terminal.</summary>
    public static TerminalAbilities None { get; } = new(Acknowledges: false, Reports: false);
}

/// <summary>What a terminal can be told to do.</summary>
[GenerateSerializer, Alias("actors.printing.command-kind")]
public enum TerminalCommand
{
    /// <summary>To look for a new version of itself.</summary>
    Update = 0,

    /// <summary>To start again.</summary>
    Reboot = 1,
}

/// <summary>Files to print at once.</summary>
/// <param name="Id">The job's id; the caller's own.</param>
/// <param name="Token">The QR token that was scanned, without prefix; null when the terminal's own people ask.</param>
/// <param name="Files">1 to 10, in order.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.queue")]
public sealed record QueuePrint(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string? Token,
    [property: Id(2)] ImmutableArray<QueuedFile> Files);

/// <summary>A file in a job.</summary>
/// <param name="File">The file's id.</param>
/// <param name="Pin">Its pin.</param>
/// <param name="StoredName">Its content.</param>
/// <param name="Options">How it is printed.</param>
/// <param name="Sheets">How many sheets that needs.</param>
/// <param name="Owner">The member's id, or null.</param>
/// <param name="Print">The id of this print, under which it is counted.</param>
/// <param name="Name">What its owner calls it.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.queued-file")]
public sealed record QueuedFile(
    [property: Id(0)] Guid File,
    [property: Id(1)] string Pin,
    [property: Id(2)] string StoredName,
    [property: Id(3)] PrintOptions Options,
    [property: Id(4)] int Sheets,
    [property: Id(5)] long? Owner,
    [property: Id(6)] Guid Print,
    [property: Id(7)] string Name);

/// <summary>Whether something was queued.</summary>
[GenerateSerializer, Alias("actors.printing.queue-status")]
public enum QueueStatus
{
    /// <summary>It was, or had been before.</summary>
    Queued = 0,

    /// <summary>The QR token is not this terminal's, too old, or used.</summary>
    UnknownToken = 1,

    /// <summary>Too much waits already.</summary>
    Full = 2,
}

/// <summary>Whether a job was taken back.</summary>
[GenerateSerializer, Alias("actors.printing.cancel-status")]
public enum CancelStatus
{
    /// <summary>It was, or had been before.</summary>
    Cancelled = 0,

    /// <summary>The terminal has it.</summary>
    Taken = 1,

    /// <summary>There is no such job, or it ended long ago.</summary>
    Unknown = 2,
}

/// <summary>Something that a terminal is to do: files to print, or a command.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Files">What to print; empty for a command.</param>
/// <param name="Command">The command; null for files.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.item")]
public sealed record TerminalItem(
    [property: Id(0)] Guid Id,
    [property: Id(1)] ImmutableArray<QueuedFile> Files,
    [property: Id(2)] TerminalCommand? Command);

/// <summary>How far a print is, as its terminal says.</summary>
/// <param name="State">What it does.</param>
/// <param name="Sheet">The sheet it is at, or null.</param>
/// <param name="Of">How many there are, or null.</param>
/// <param name="Reason">Why it stands or failed, in the terminal's words, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.progress")]
public sealed record PrintProgress(
    [property: Id(0)] PrintState State,
    [property: Id(1)] int? Sheet,
    [property: Id(2)] int? Of,
    [property: Id(3)] string? Reason);

/// <summary>Where a job is.</summary>
[GenerateSerializer, Alias("actors.printing.state")]
public enum PrintState
{
    /// <summary>It waits for the terminal.</summary>
    Queued = 0,

    /// <summary>The terminal has it.</summary>
    Taken = 1,

    /// <summary>It is being printed.</summary>
    Printing = 2,

    /// <summary>The printer stands: no paper, no toner.</summary>
    Stopped = 3,

    /// <summary>It is printed.</summary>
    Done = 4,

    /// <summary>It was given up.</summary>
    Failed = 5,

    /// <summary>The terminal went away after it had taken it: nobody knows.</summary>
    Unknown = 6,

    /// <summary>It was taken back before the terminal had it.</summary>
    Cancelled = 7,
}

/// <summary>A terminal, as others see it.</summary>
/// <param name="Id">The id of its token.</param>
/// <param name="IsConnected">Whether it has a live connection.</param>
/// <param name="SeenAt">When it was connected last; null for never.</param>
/// <param name="Waiting">How many jobs and commands it has not taken.</param>
/// <param name="Jobs">Its jobs of late, the newest first.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.terminal-info")]
public sealed record TerminalInfo(
    [property: Id(0)] string Id,
    [property: Id(1)] bool IsConnected,
    [property: Id(2)] DateTimeOffset? SeenAt,
    [property: Id(3)] int Waiting,
    [property: Id(4)] ImmutableArray<PrintJobInfo> Jobs);

/// <summary>A job, as others see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Sheets">How many sheets it needs.</param>
/// <param name="Progress">Where it is.</param>
/// <param name="QueuedAt">When it was queued.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.job-info")]
public sealed record PrintJobInfo(
    [property: Id(0)] Guid Id,
    [property: Id(1)] int Files,
    [property: Id(2)] int Sheets,
    [property: Id(3)] PrintProgress Progress,
    [property: Id(4)] DateTimeOffset QueuedAt);
