namespace Actors.Api.Tallying.Batch;

/// <summary>What became of a batch.</summary>
/// <param name="Saved">Certificates saved.</param>
/// <param name="RefusedCount">Lines refused.</param>
/// <param name="Complete">Whether the whole body was read; false when it broke off or was too long.</param>
/// <param name="Certificates">The saved ones by line.</param>
/// <param name="Refused">The refused ones by line, the first 1,000.</param>
public sealed record BatchReport(
    int Saved,
    int RefusedCount,
    bool Complete,
    IReadOnlyList<SavedLine> Certificates,
    IReadOnlyList<RefusedLine> Refused);

/// <summary>A line that was saved.</summary>
/// <param name="Line">The line, or the place in an array, from 1.</param>
/// <param name="Uuid">The certificate's uuid.</param>
public sealed record SavedLine(int Line, Guid Uuid);

/// <summary>A line that was refused.</summary>
/// <param name="Line">The line, or the place in an array, from 1.</param>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Reason">What is wrong, for people.</param>
public sealed record RefusedLine(int Line, string Code, string Reason);
