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
}

/// <summary>An earlier scan that took the place of the first.</summary>
/// <param name="Winner">The earlier scan's event.</param>
/// <param name="Displaced">The scan that counted until then.</param>
[GenerateSerializer, Alias("actors.tallying.displacement")]
internal sealed record Displacement(
    [property: Id(0)] Guid Winner,
    [property: Id(1)] FirstScan Displaced);
