using System.Security.Cryptography;
using Actors.Tallying;

namespace Actors.Silo.Storage;

/// <summary>What every implementation of the tally log has in common.</summary>
internal static class TallyRows
{
    public const int MaxPageSize = 1_000;

    /// <summary>Rises even when the clock stands or goes back, so that a cursor stays valid.</summary>
    public static long NextPosition(long head, DateTimeOffset now) =>
        Math.Max(head + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The same two events always make the same reorder row (RFC 9562 version 8).</summary>
    public static Guid ReorderId(Guid displaced, Guid winner)
    {
        Span<byte> bytes = stackalloc byte[48];
        "actors-reorder:v"u8.CopyTo(bytes);
        displaced.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        winner.TryWriteBytes(bytes[32..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    public static TallyEvent Placed(LoggedScan row, long position) => new(
        position, row.EventId, row.CertificateId, row.ReaderId, row.ReaderName, row.Type, row.Outcome,
        row.Time, row.ReaderTime, row.ReceivedAt, row.Offset, row.RelatedEventId, WinnerEventId: null, row.Offline, row.Gate, row.Sequence);

    public static TallyEvent Reorder(LoggedScan winner, Guid displaced, long position) =>
        Placed(winner, position) with
        {
            EventId = ReorderId(displaced, winner.EventId),
            Type = TallyEventType.Reorder,
            RelatedEventId = displaced,
            WinnerEventId = winner.EventId,
            Sequence = 0,
        };

    /// <summary>Callers' bugs, told apart from what can happen to a correct caller.</summary>
    public static void CheckAppend(ReadOnlySpan<LoggedScan> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].ReaderId != rows[0].ReaderId || rows[i].Campaign != rows[0].Campaign)
            {
                throw new ArgumentException("The rows are not of one reader and campaign.", nameof(rows));
            }

            if (rows[i].Sequence <= (i == 0 ? 0 : rows[i - 1].Sequence))
            {
                throw new ArgumentException("The sequences do not rise from 1.", nameof(rows));
            }

            if (rows[i].Outcome != ScanOutcome.Unconfirmed && rows[i].Type != TallyEventType.Refused)
            {
                throw new ArgumentException("A row is appended before its decision.", nameof(rows));
            }
        }
    }

    public static void CheckDecisions(string campaign, ReadOnlySpan<DecidedScan> decisions)
    {
        foreach (var decision in decisions)
        {
            if (decision.Row.Campaign != campaign)
            {
                throw new ArgumentException("A row belongs to another campaign.", nameof(decisions));
            }

            if (decision.Row.Outcome == ScanOutcome.Unconfirmed)
            {
                throw new ArgumentException("Unconfirmed is no decision.", nameof(decisions));
            }
        }
    }

    public static void CheckLimit(int limit) => ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

    public static InvalidOperationException SequenceTaken(LoggedScan row) =>
        new($"Sequence {row.Sequence} of reader {row.ReaderId:N} is taken: another activation of it wrote.");

    public static InvalidOperationException NotAppended(LoggedScan row) =>
        new($"Event {row.EventId:N} is not in the log: a row is appended before it is decided.");
}
