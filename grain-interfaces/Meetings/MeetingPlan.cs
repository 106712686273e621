using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Actors.Meetings;

/// <summary>What a meeting's metadata say to its people: <c>start</c>, <c>duration</c>, <c>place</c>, <c>prepare</c> (protocols/meetings.md).</summary>
/// <param name="Start">When it begins, or null.</param>
/// <param name="Minutes">How many minutes it takes, or null.</param>
/// <param name="Place">Where else it is, or null.</param>
/// <param name="Prepare">What to have at hand, at most 50 texts.</param>
public sealed record MeetingPlan(DateTimeOffset? Start, double? Minutes, string? Place, ImmutableArray<string> Prepare)
{
    private const int MaxTexts = 50;

    /// <summary>Reads it; what is not written as it should be is not there.</summary>
    /// <param name="metadata">A JSON object.</param>
    public static MeetingPlan Of(string metadata)
    {
        using var document = JsonDocument.Parse(metadata);
        var root = document.RootElement;
        var place = Texts(root, "place");
        return new MeetingPlan(Time(root), Number(root, "duration"), place.IsEmpty ? null : place[0], Texts(root, "prepare"));
    }

    private static DateTimeOffset? Time(JsonElement metadata) =>
        metadata.TryGetProperty("start", out var value) && value.ValueKind is JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>Forms have numbers as texts.</summary>
    private static double? Number(JsonElement metadata, string name) =>
        metadata.TryGetProperty(name, out var value)
        && double.TryParse(value.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000
            ? number
            : null;

    private static ImmutableArray<string> Texts(JsonElement metadata, string name) => metadata.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Number => [value.ToString()],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!).Take(MaxTexts)],
            _ => [],
        }
        : [];
}
