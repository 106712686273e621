using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>What a page hands in, checked.</summary>
/// <param name="Scans">Its scans.</param>
/// <param name="After">The position after which it wants events, 0 for the last 24 hours.</param>
/// <param name="NumericCursor">Whether it is an old client, whose cursor is a number.</param>
/// <param name="ReaderNow">Its clock at sending, when it told.</param>
/// <param name="Limit">Events it wants at most.</param>
/// <param name="More">Whether its next request belongs to the same synchronisation.</param>
internal sealed record SyncRequest(
    ImmutableArray<ScanReport> Scans,
    long After,
    bool NumericCursor,
    DateTimeOffset? ReaderNow,
    int Limit,
    bool More)
{
    /// <summary>Scans in one request at most.</summary>
    public const int MaxScans = 10_000;

    public const int DefaultLimit = 500;
    public const int MaxLimit = 1_000;
}
