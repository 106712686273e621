using Orleans;

namespace Actors.Tallying.Scans;

/// <summary>
/// The small hot state of a certificate, apart from what it says: who counts as its first scan, and what a repeated
/// event needs to get its old answer.
/// </summary>
[GenerateSerializer, Alias("actors.tallying.stay-state")]
internal sealed class StayState
{
    /// <summary>Displacements remembered; older ones have long been recorded in the log.</summary>
    public const int MaxDisplacements = 32;

    /// <summary>Stays and undos remembered; whoever repeats an event does so within seconds.</summary>
    public const int MaxPast = 8;

    /// <summary>The event that was answered "first": it stays so for good.</summary>
    [Id(0)]
    public Guid OpenedBy { get; set; }

    /// <summary>The scan that counts as the first now, by corrected time.</summary>
    [Id(1)]
    public FirstScan? First { get; set; }

    /// <summary>Who took whose place, the oldest first.</summary>
    [Id(2)]
    public List<Displacement> Displacements { get; set; } = [];

    /// <summary>
    /// Repeats the certificate's revocation, so that each scan is decided against it by the compare-and-set of this
    /// row, even when for a moment two activations exist.
    /// </summary>
    [Id(3)]
    public bool Revoked { get; set; }

    /// <summary>Stays that ended by an exit, the newest last: what is late may belong to one of them.</summary>
    [Id(4)]
    public List<ClosedStay> Closed { get; set; } = [];

    /// <summary>Events that took something back, and what they were answered, the newest last.</summary>
    [Id(5)]
    public List<UndoAnswer> Undone { get; set; } = [];

    /// <summary>A copy to change: stored state is never touched.</summary>
    public StayState Copy() => (StayState)MemberwiseClone();
}

/// <summary>A stay that ended.</summary>
/// <param name="OpenedBy">The event that was answered "first".</param>
/// <param name="First">The scan that counts as its first.</param>
/// <param name="ClosedBy">The exit's event.</param>
/// <param name="ClosedAt">The exit's corrected time.</param>
[GenerateSerializer, Alias("actors.tallying.closed-stay")]
internal sealed record ClosedStay(
    [property: Id(0)] Guid OpenedBy,
    [property: Id(1)] FirstScan First,
    [property: Id(2)] Guid ClosedBy,
    [property: Id(3)] DateTimeOffset ClosedAt);

/// <summary>What an event that takes something back was answered.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Outcome">Its answer.</param>
[GenerateSerializer, Alias("actors.tallying.undo-answer")]
internal sealed record UndoAnswer(
    [property: Id(0)] Guid EventId,
    [property: Id(1)] ScanOutcome Outcome);

/// <summary>An earlier scan that took the place of the first.</summary>
/// <param name="Winner">The earlier scan's event.</param>
/// <param name="Displaced">The scan that counted until then.</param>
[GenerateSerializer, Alias("actors.tallying.displacement")]
internal sealed record Displacement(
    [property: Id(0)] Guid Winner,
    [property: Id(1)] FirstScan Displaced);
