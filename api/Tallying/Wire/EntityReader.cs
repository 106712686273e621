using System.Collections.Immutable;
using System.Text.Json;
using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>Reads certificates and readers that the staff sends; each method says what is wrong, or null.</summary>
internal static class EntityReader
{
    private const int MaxReadableMetadata = 64;
    private const int MaxKeyLength = 100;
    private const int MaxGateLength = 100;

    /// <summary>A certificate, with the seed's names or ours.</summary>
    public static string? ReadCertificate(JsonElement body, string campaign, out SaveCertificate? command)
    {
        command = null;
        if (ReadTexts(body, "data", out var data) is { } wrongData)
        {
            return wrongData;
        }

        if (ReadTexts(body, "metadata", out var metadata) is { } wrongMetadata)
        {
            return wrongMetadata;
        }

        if (ReadValidity(body, out var start, out var end) is { } wrongValidity)
        {
            return wrongValidity;
        }

        command = new SaveCertificate(campaign, data, metadata, start, end);
        return null;
    }

    /// <summary>A reader, with the seed's names or ours.</summary>
    public static string? ReadReader(JsonElement body, string campaign, string defaultName, out SaveReader? command)
    {
        command = null;
        var name = defaultName;
        if (TryGet(body, out var given, "name"))
        {
            if (given.ValueKind != JsonValueKind.String || !Texts.IsName(name = given.GetString()!))
            {
                return $"'name' is no text of 1 to {Texts.MaxNameLength} characters in one line.";
            }
        }

        if (ReadReadable(body, out var readable) is { } wrongReadable)
        {
            return wrongReadable;
        }

        if (ReadFlag(body, out var tally, "enable_tallying", "enableTallying", "tally") is { } wrongTally)
        {
            return wrongTally;
        }

        if (ReadFlag(body, out var roster, "offline_roster", "offlineRoster") is { } wrongRoster)
        {
            return wrongRoster;
        }

        if (ReadGate(body, out var gate) is { } wrongGate)
        {
            return wrongGate;
        }

        if (ReadDirection(body, out var direction) is { } wrongDirection)
        {
            return wrongDirection;
        }

        if (ReadValidity(body, out var start, out var end) is { } wrongValidity)
        {
            return wrongValidity;
        }

        command = new SaveReader(campaign, name, readable, tally, roster, start, end, gate, direction);
        return null;
    }

    /// <summary>Validity from texts.</summary>
    public static string? ReadValidity(string? start, string? end, out DateTimeOffset? from, out DateTimeOffset? until)
    {
        until = null;
        if (!Times.TryParse(start, out from))
        {
            return "'validity_start' is no ISO 8601 time.";
        }

        if (!Times.TryParse(end, out until))
        {
            return "'validity_end' is no ISO 8601 time.";
        }

        return from >= until ? "'validity_end' is not after 'validity_start'." : null;
    }

    /// <summary>Whether a named text may be part of a certificate, or what is wrong with it.</summary>
    public static string? CheckText(string part, string key, string value)
    {
        if (key.Length is 0 or > MaxKeyLength || !Texts.IsLine(key))
        {
            return $"A name in '{part}' is not 1 to {MaxKeyLength} characters in one line.";
        }

        return Texts.IsProse(value) ? null : $"'{part}.{key}' has control characters.";
    }

    private static string? ReadGate(JsonElement body, out string? gate)
    {
        var wrong = ReadText(body, out gate, "gate");
        gate = gate is "" ? null : gate;
        return wrong ?? (gate is null || (gate.Length <= MaxGateLength && Texts.IsName(gate)) ? null : $"'gate' is not 1 to {MaxGateLength} characters in one line.");
    }

    private static string? ReadDirection(JsonElement body, out ReaderDirection direction)
    {
        var wrong = ReadText(body, out var text, "direction");
        var known = Names.DirectionOf(text);
        direction = known ?? ReaderDirection.Entry;
        return wrong ?? (known is null ? "'direction' is none of entry, exit and both." : null);
    }

    private static string? ReadValidity(JsonElement body, out DateTimeOffset? start, out DateTimeOffset? end)
    {
        start = end = null;
        if (ReadText(body, out var from, "validity_start", "validityStart") is { } wrongStart)
        {
            return wrongStart;
        }

        return ReadText(body, out var until, "validity_end", "validityEnd") is { } wrongEnd
            ? wrongEnd
            : ReadValidity(from, until, out start, out end);
    }

    private static string? ReadTexts(JsonElement body, string member, out ImmutableArray<TextPair> texts)
    {
        texts = [];
        if (!TryGet(body, out var map, member))
        {
            return null;
        }

        if (map.ValueKind != JsonValueKind.Object)
        {
            return $"'{member}' is no object.";
        }

        var read = ImmutableArray.CreateBuilder<TextPair>();
        foreach (var entry in map.EnumerateObject())
        {
            var value = entry.Value.ValueKind switch
            {
                JsonValueKind.String => entry.Value.GetString()!,
                JsonValueKind.Number => entry.Value.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
            if (value is null)
            {
                return $"'{member}' has a value that is no text.";
            }

            if (CheckText(member, entry.Name, value) is { } wrong)
            {
                return wrong;
            }

            read.Add(new TextPair(entry.Name, value));
        }

        texts = read.ToImmutable();
        return null;
    }

    private static string? ReadReadable(JsonElement body, out ImmutableArray<string> keys)
    {
        keys = [];
        if (!TryGet(body, out var value, "readable_metadatas", "readableMetadata"))
        {
            return null;
        }

        const string Wrong = "'readable_metadatas' is no list of metadata names: a text with commas, or an array of texts.";
        IEnumerable<string> read;
        if (value.ValueKind == JsonValueKind.String)
        {
            read = value.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }
        else if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            read = value.EnumerateArray().Select(item => item.GetString()!);
        }
        else
        {
            return Wrong;
        }

        keys = [.. read.Distinct(StringComparer.Ordinal)];
        return keys.Length <= MaxReadableMetadata && keys.All(key => key.Length is > 0 and <= MaxKeyLength && Texts.IsLine(key)) ? null : Wrong;
    }

    private static string? ReadFlag(JsonElement body, out bool flag, params ReadOnlySpan<string> names)
    {
        flag = false;
        if (!TryGet(body, out var value, names))
        {
            return null;
        }

        flag = value.ValueKind == JsonValueKind.True;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"'{names[0]}' is neither true nor false.";
    }

    private static string? ReadText(JsonElement body, out string? text, params ReadOnlySpan<string> names)
    {
        text = null;
        if (!TryGet(body, out var value, names))
        {
            return null;
        }

        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is null ? $"'{names[0]}' is no text." : null;
    }

    private static bool TryGet(JsonElement body, out JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
            {
                return true;
            }
        }

        value = default;
        return false;
    }
}
