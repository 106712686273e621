using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Printing;

/// <summary>
/// A terminal: one live connection, a QR token that changes, and what it is to do, in order. What it was given lies here
/// until the terminal has taken it.
/// </summary>
[Alias("actors.printing.terminal")]
public interface ITerminalGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes a connection into use. While another one lives it has to prove that, and the answer is
    /// <see cref="ConnectStatus.Asked"/>: the new one asks again a moment later.
    /// </summary>
    [Alias("connect")]
    Task<ConnectOutcome> ConnectAsync(ConnectTerminal command, ITerminalObserver observer);

    /// <summary>Says that the connection still stands, once in half a minute; false when it is not (any more) the terminal's.</summary>
    [Alias("renew")]
    Task<bool> RenewAsync(RenewTerminal command, ITerminalObserver observer);

    /// <summary>The terminal at the other end of the connection was heard after it was asked.</summary>
    [Alias("heard")]
    Task HeardAsync(Guid connection);

    /// <summary>The connection has ended.</summary>
    [Alias("disconnect")]
    Task DisconnectAsync(Guid connection);

    /// <summary>The terminal can do more than print-api's: acknowledge, or tell how a print goes on.</summary>
    [Alias("hello")]
    Task HelloAsync(Guid connection, TerminalAbilities abilities);

    /// <summary>Queues files for printing, for one QR token, once.</summary>
    [Alias("print")]
    Task<QueueStatus> PrintAsync(QueuePrint command);

    /// <summary>A job of late, or null.</summary>
    [Alias("get-job"), ReadOnly]
    Task<PrintJobInfo?> GetJobAsync(Guid job);

    /// <summary>Takes a job back that the terminal does not have yet, with all its files.</summary>
    [Alias("cancel")]
    Task<CancelStatus> CancelAsync(Guid job);

    /// <summary>Queues a command; the same id is queued once.</summary>
    [Alias("command")]
    Task<QueueStatus> CommandAsync(Guid id, TerminalCommand command);

    /// <summary>These were written to the connection, or handed to its program.</summary>
    [Alias("sent")]
    Task SentAsync(Guid connection, ImmutableArray<Guid> items);

    /// <summary>A terminal has fetched a content: it will print it.</summary>
    /// <param name="storedName">The content's name.</param>
    [Alias("fetched")]
    Task FetchedAsync(string storedName);

    /// <summary>A terminal that can says it has a job, before it prints; false when it is not to print it.</summary>
    [Alias("acknowledge")]
    Task<bool> AcknowledgeAsync(Guid connection, Guid item);

    /// <summary>A terminal that can says how far it is.</summary>
    [Alias("report")]
    Task ReportAsync(Guid connection, Guid item, PrintProgress progress);

    /// <summary>The terminal as others see it.</summary>
    [Alias("get"), ReadOnly]
    Task<TerminalInfo> GetAsync();
}

/// <summary>A terminal's connection, seen from its grain.</summary>
[Alias("actors.printing.terminal-observer")]
public interface ITerminalObserver : IGrainObserver
{
    /// <summary>A new QR token to show.</summary>
    [Alias("token"), OneWay]
    Task OnTokenAsync(QrToken token);

    /// <summary>All that the terminal has not taken, in order; what it was sent before comes again.</summary>
    [Alias("items"), OneWay]
    Task OnItemsAsync(ImmutableArray<TerminalItem> items);

    /// <summary>A job that it was sent is not to be printed any more.</summary>
    [Alias("cancelled"), OneWay]
    Task OnCancelledAsync(Guid item);

    /// <summary>Another connection wants this one's place: it stays if the terminal answers.</summary>
    [Alias("challenge"), OneWay]
    Task OnChallengeAsync();

    /// <summary>Another connection has this one's place.</summary>
    [Alias("replaced"), OneWay]
    Task OnReplacedAsync();
}
