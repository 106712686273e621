using Orleans;

namespace Actors.Printing;

/// <summary>How a file is printed.</summary>
/// <param name="Pages">Page numbers and ranges from 1, separated by commas, in any order and with repeats; empty for all.</param>
/// <param name="Copies">From 1.</param>
/// <param name="TwoSided">Whether both sides of a sheet are used.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.options")]
public sealed record PrintOptions(
    [property: Id(0)] string Pages,
    [property: Id(1)] int Copies,
    [property: Id(2)] bool TwoSided)
{
    /// <summary>All pages once, on one side.</summary>
    public static PrintOptions Default { get; } = new("", 1, TwoSided: false);

    /// <summary>These options with a change.</summary>
    public PrintOptions With(PrintOptionsChange change) => new(change.Pages ?? Pages, change.Copies ?? Copies, change.TwoSided ?? TwoSided);
}

/// <summary>Options to change; those that are null stay.</summary>
/// <param name="Pages">As in <see cref="PrintOptions"/>.</param>
/// <param name="Copies">As in <see cref="PrintOptions"/>.</param>
/// <param name="TwoSided">As in <see cref="PrintOptions"/>.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.options-change")]
public sealed record PrintOptionsChange(
    [property: Id(0)] string? Pages,
    [property: Id(1)] int? Copies,
    [property: Id(2)] bool? TwoSided);
