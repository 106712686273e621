using System.Collections.Immutable;
using Orleans;

namespace Actors.Printing;

/// <summary>
/// How many sheets a member may still print this month (UTC). What is queued is held back until it was printed, which
/// charges it, or was not, which gives it back.
/// </summary>
[Alias("actors.printing.quota")]
public interface IPrintQuotaGrain : IGrainWithStringKey
{
    /// <summary>Holds sheets back; a print that is held already is not held again.</summary>
    [Alias("reserve")]
    Task<QuotaOutcome> ReserveAsync(ImmutableArray<SheetReservation> prints);

    /// <summary>These prints were counted, or will not be printed: nothing is held back for them any more.</summary>
    [Alias("release")]
    Task ReleaseAsync(ImmutableArray<Guid> prints);
}

/// <summary>Sheets for a print.</summary>
/// <param name="Print">The print's id.</param>
/// <param name="Sheets">How many it needs.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.reservation")]
public sealed record SheetReservation([property: Id(0)] Guid Print, [property: Id(1)] int Sheets);

/// <summary>Whether a member may print so much.</summary>
/// <param name="IsReserved">Whether it is held back for the prints.</param>
/// <param name="Left">How many sheets are left; without the new prints when they were refused.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.quota-outcome")]
public sealed record QuotaOutcome([property: Id(0)] bool IsReserved, [property: Id(1)] long Left);
