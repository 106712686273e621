using System.Collections.Immutable;

namespace Actors.Tallying;

/// <summary>
/// The append-only log of scans: rows owned by (reader, sequence), an event's uuid once, and per campaign one order
/// in which a cursor misses nothing. Every method that writes returns after the commit, and throws
/// <see cref="IOException"/> when nothing could be written.
/// </summary>
public interface ITallyLog
{
    /// <summary>
    /// Appends rows that are not decided yet, all or none. A row whose event is known already is not appended;
    /// its answer is the stored row. Events that appear twice in <paramref name="rows"/> are appended once.
    /// </summary>
    /// <param name="rows">Rows of one reader, their sequences following <see cref="LastAsync"/>.</param>
    /// <returns>One per row, in order: the row as it stands in the log.</returns>
    /// <exception cref="InvalidOperationException">A (reader, sequence) is taken: another activation of this reader wrote.</exception>
    ValueTask<ImmutableArray<LoggedScan>> AppendAsync(ImmutableArray<LoggedScan> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Records decisions and gives each row its place in the campaign's order; rows decided already keep theirs.
    /// Extra rows (type reorder) are appended decided, once per event uuid.
    /// </summary>
    /// <returns>Where the newly placed rows stand, for those that follow the order live.</returns>
    ValueTask<PlacedScans> DecideAsync(string campaign, ImmutableArray<DecidedScan> decisions, CancellationToken cancellationToken);

    /// <summary>Decided rows of a campaign after a position, in order.</summary>
    /// <param name="campaign">The slug.</param>
    /// <param name="after">A position; rows at or before it are left out.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<EventPage> ReadAsync(string campaign, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The reader's highest sequence and the latest reception in its rows; (0, null) when it has none.</summary>
    ValueTask<(long Sequence, DateTimeOffset? ReceivedAt)> LastAsync(Guid readerId, CancellationToken cancellationToken);

    /// <summary>Rows of a reader that have no decision, by sequence.</summary>
    ValueTask<ImmutableArray<LoggedScan>> ReadUndecidedAsync(Guid readerId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets rows received before a time, in small steps; storage that keeps the log in parts forgets whole ones only. What has
    /// no decision yet stays. Certificates and counts do not depend on the log.
    /// </summary>
    /// <returns>How many events were forgotten.</returns>
    ValueTask<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>The row of an event, or null when there is none (any more).</summary>
    ValueTask<LoggedScan?> FindAsync(Guid eventId, CancellationToken cancellationToken);

    /// <summary>Readers that have rows without decision received before a time.</summary>
    ValueTask<ImmutableArray<Guid>> ReadersWithUndecidedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>A row of a reader's log.</summary>
/// <param name="ReaderId">The reader through which it was first received.</param>
/// <param name="Sequence">Its place in that reader's log, from 1.</param>
/// <param name="Campaign">The reader's campaign.</param>
/// <param name="ReaderName">The reader's name at that time.</param>
/// <param name="EventId">The event's uuid.</param>
/// <param name="CertificateId">The certificate.</param>
/// <param name="Time">The corrected time.</param>
/// <param name="ReaderTime">The page's clock at the scan.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Offset">Server clock minus reader clock at sending.</param>
/// <param name="Outcome">The decision, or <see cref="ScanOutcome.Unconfirmed"/> while there is none. A refused code has its own from the start.</param>
/// <param name="Type">What it is: anything but <see cref="TallyEventType.Reorder"/>, which decisions add.</param>
/// <param name="Offline">Whether the page said that it answered by itself, without the server.</param>
/// <param name="Gate">The reader's gate at that time, when it had one.</param>
/// <param name="RelatedEventId">Of an <see cref="TallyEventType.Undo"/>, the event that is taken back.</param>
public sealed record LoggedScan(
    Guid ReaderId,
    long Sequence,
    string Campaign,
    string ReaderName,
    Guid EventId,
    Guid CertificateId,
    DateTimeOffset Time,
    DateTimeOffset ReaderTime,
    DateTimeOffset ReceivedAt,
    TimeSpan Offset,
    ScanOutcome Outcome,
    TallyEventType Type = TallyEventType.Seen,
    bool Offline = false,
    string? Gate = null,
    Guid? RelatedEventId = null);

/// <summary>A decision to record.</summary>
/// <param name="Row">The row, with its outcome.</param>
/// <param name="Displaced">When an earlier scan took the place of the first: the event that no longer counts.</param>
public sealed record DecidedScan(LoggedScan Row, Guid? Displaced);

/// <summary>Rows newly placed in a campaign's order.</summary>
/// <param name="After">The campaign's head before them.</param>
/// <param name="Events">The rows, by position.</param>
public sealed record PlacedScans(long After, ImmutableArray<TallyEvent> Events);
