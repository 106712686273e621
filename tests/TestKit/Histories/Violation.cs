namespace Actors.TestKit.Histories;

/// <summary>What must never happen.</summary>
public enum ViolationKind
{
    /// <summary>An acknowledged scan is not in the log.</summary>
    LostWrite,

    /// <summary>A scan is in the log more than once.</summary>
    StoredTwice,

    /// <summary>Two scans of one certificate were both the first.</summary>
    DoubleFirst,

    /// <summary>A scan was answered in two ways, or not as it is stored.</summary>
    OutcomeChanged,

    /// <summary>A client got neither an answer nor a clear refusal in time.</summary>
    BadAnswer,
}

/// <summary>Something that must never happen and did.</summary>
/// <param name="Kind">What.</param>
/// <param name="What">The details, for whoever looks for the cause.</param>
public sealed record Violation(ViolationKind Kind, string What)
{
    public override string ToString() => $"{Kind}: {What}";
}
