using System.Collections.Immutable;
using Orleans;

namespace Actors.Tallying;

/// <summary>Events of a campaign, in order.</summary>
/// <param name="After">The position after which they come.</param>
/// <param name="Cursor">The position of the last one, or <paramref name="After"/> when there is none.</param>
/// <param name="More">Whether there are more.</param>
/// <param name="Events">The events; of a push those that arrived last, some of them perhaps behind a gap and after <paramref name="Cursor"/>.</param>
/// <param name="Mark">Of a push, its place among the pushes.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.event-page")]
public sealed record EventPage(
    [property: Id(0)] long After,
    [property: Id(1)] long Cursor,
    [property: Id(2)] bool More,
    [property: Id(3)] ImmutableArray<TallyEvent> Events,
    [property: Id(4)] PushMark? Mark = null);

/// <summary>The place of a push among those of its feed. Events are pushed once, as they arrive: who missed a push must not move a cursor past it.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="After">The number of the last event pushed before it, in the order of arrival.</param>
/// <param name="Last">The number of its own last event.</param>
/// <param name="Reached">The highest position pushed before it.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.push-mark")]
public sealed record PushMark(
    [property: Id(0)] Guid Feed,
    [property: Id(1)] long After,
    [property: Id(2)] long Last,
    [property: Id(3)] long Reached);

/// <summary>One row of a campaign's log.</summary>
/// <param name="Position">Its place in the campaign's order: microseconds since the Unix epoch, strictly rising.</param>
/// <param name="EventId">The event's uuid.</param>
/// <param name="CertificateId">The certificate.</param>
/// <param name="ReaderId">The reader through which it was first received.</param>
/// <param name="ReaderName">That reader's name at that time.</param>
/// <param name="Type">What it is.</param>
/// <param name="Outcome">The decision at reception.</param>
/// <param name="Time">The corrected time.</param>
/// <param name="ReaderTime">The page's clock at the scan.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Offset">The correction: server clock minus reader clock at sending, 0 when the page did not tell.</param>
/// <param name="RelatedEventId">Of a <see cref="TallyEventType.Reorder"/> row, the event that no longer counts as the first.</param>
/// <param name="WinnerEventId">Of a <see cref="TallyEventType.Reorder"/> row, the event that does.</param>
/// <param name="Offline">Whether the page said that it answered by itself, without the server.</param>
/// <param name="Gate">The reader's gate at that time, when it had one.</param>
/// <param name="Sequence">Its place in that reader's log, from 1; 0 of a row that only follows from another.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.event")]
public sealed record TallyEvent(
    [property: Id(0)] long Position,
    [property: Id(1)] Guid EventId,
    [property: Id(2)] Guid CertificateId,
    [property: Id(3)] Guid ReaderId,
    [property: Id(4)] string ReaderName,
    [property: Id(5)] TallyEventType Type,
    [property: Id(6)] ScanOutcome Outcome,
    [property: Id(7)] DateTimeOffset Time,
    [property: Id(8)] DateTimeOffset ReaderTime,
    [property: Id(9)] DateTimeOffset ReceivedAt,
    [property: Id(10)] TimeSpan Offset,
    [property: Id(11)] Guid? RelatedEventId,
    [property: Id(12)] Guid? WinnerEventId,
    [property: Id(13)] bool Offline = false,
    [property: Id(14)] string? Gate = null,
    [property: Id(15)] long Sequence = 0);

/// <summary>What a row of the log is. Numbers are stored: never renumber.</summary>
[GenerateSerializer, Alias("actors.tallying.event-type")]
public enum TallyEventType
{
    /// <summary>A certificate was seen.</summary>
    Seen = 1,

    /// <summary>An earlier scan took the place of the first.</summary>
    Reorder = 2,

    /// <summary>The bearer left: the next scan is a first again.</summary>
    Exit = 3,

    /// <summary>A wrong scan is taken back; it stays in the log.</summary>
    Undo = 4,

    /// <summary>A code was shown that the page refused by itself: forged, foreign, expired, early or revoked.</summary>
    Refused = 5,
}
