using System.Text.Json;
using Actors.Printing;

namespace Actors.Api.Printing.Wire;

/// <summary>A file to come: <c>{"surname","number","filename","source"?,"options":{…}}</c>.</summary>
internal sealed record FileBody(string? Surname, string? Number, string Name, string Source, PrintOptionsChange Options)
{
    private const int MaxName = 255;
    private const int MaxSource = 64;
    private const int MaxExtension = 16;
    private const string UnknownSource = "unknown";

    /// <summary>Whether it says whose it is.</summary>
    public bool HasOwner => Surname is not null && Number is not null;

    public static FileBody? Read(JsonElement body, BodyFaults faults, int maxCopies)
    {
        var surname = body.Text(faults, ["body", "surname"], optional: true);
        var number = body.Text(faults, ["body", "number"], optional: true);
        var name = body.Text(faults, ["body", "filename"]);
        var source = body.Text(faults, ["body", "source"], optional: true);
        var options = OptionsBody.Read(body, faults, maxCopies);
        return faults.Any ? null : new FileBody(surname, number, Clean(name!, MaxName), Clean(source ?? UnknownSource, MaxSource), options);
    }

    /// <summary>What the name ends in after its last dot, or null when that has no letter, digit or underscore; a name on disk has only plain letters.</summary>
    public static string? ExtensionOf(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        var start = 0;
        while (start < last.Length && !IsWord(last[start]))
        {
            start++;
        }

        var end = start;
        while (end < last.Length && IsWord(last[end]))
        {
            end++;
        }

        if (start == end)
        {
            return null;
        }

        var word = last[start..end];
        return word.Length <= MaxExtension && word.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') ? word : "pdf";
    }

    /// <summary>As somebody may see it: without what moves the cursor, and not too long. The end of a name tells its type, so the beginning goes.</summary>
    private static string Clean(string text, int max)
    {
        var kept = new string([.. text.Where(character => !char.IsControl(character))]);
        if (kept.Length <= max)
        {
            return kept;
        }

        var start = kept.Length - max;
        return kept[(char.IsLowSurrogate(kept[start]) ? start + 1 : start)..];
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';
}
