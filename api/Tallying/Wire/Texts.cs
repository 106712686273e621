namespace Actors.Api.Tallying.Wire;

/// <summary>Rules for texts that people give.</summary>
internal static class Texts
{
    public const int MaxNameLength = 200;

    /// <summary>1 to 64 characters of <c>a-z 0-9 - _</c>.</summary>
    public static bool IsSlug(string? text) =>
        text is { Length: >= 1 and <= 64 } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');

    /// <summary>1 to 200 characters in one line.</summary>
    public static bool IsName(string? text) =>
        text is { Length: >= 1 and <= MaxNameLength } && !string.IsNullOrWhiteSpace(text) && IsLine(text);

    /// <summary>No control characters.</summary>
    public static bool IsLine(string text) => !text.Any(char.IsControl);

    /// <summary>No control characters but the ends of lines and tabs.</summary>
    public static bool IsProse(string text) => !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
