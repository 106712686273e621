using System.Text.RegularExpressions;

namespace Actors.Silo.Telemetry;

/// <summary>Takes out of addresses what opens something: uuids are keys here, and queries carry tokens.</summary>
public static partial class Masking
{
    /// <summary>A path or a line in which each uuid keeps its first 8 digits, enough to find it and too few to use it.</summary>
    public static string Uuids(string text) => Uuid().Replace(text, match => string.Concat(match.ValueSpan[..8], "…"));

    [GeneratedRegex("[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Uuid();
}
