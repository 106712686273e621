using System.Text.Json;
using Actors.Printing;

namespace Actors.Api.Printing.Wire;

/// <summary>Options as they stand in bodies: <c>{"pages":"","copies":1,"two_sided":false}</c>.</summary>
internal static class OptionsBody
{
    private static readonly string[] s_path = ["body", "options"];

    /// <summary>The options that the body names, of which each may be missing.</summary>
    public static PrintOptionsChange Read(JsonElement body, BodyFaults faults, int maxCopies)
    {
        if (!body.TryGetProperty("options", out var options) || options.ValueKind is JsonValueKind.Null)
        {
            return new PrintOptionsChange(Pages: null, Copies: null, TwoSided: null);
        }

        if (options.ValueKind is not JsonValueKind.Object)
        {
            faults.Add(s_path, "Input should be a valid dictionary or object to extract fields from", "model_attributes_type");
            return new PrintOptionsChange(Pages: null, Copies: null, TwoSided: null);
        }

        return new PrintOptionsChange(Pages(options, faults), Copies(options, faults, maxCopies), TwoSided(options, faults));
    }

    public static void Write(Utf8JsonWriter json, PrintOptions options)
    {
        json.WriteStartObject("options");
        json.WriteString("pages", options.Pages);
        json.WriteNumber("copies", options.Copies);
        json.WriteBoolean("two_sided", options.TwoSided);
        json.WriteEndObject();
    }

    private static string? Pages(JsonElement options, BodyFaults faults)
    {
        string[] path = [.. s_path, "pages"];
        if (options.Text(faults, path, optional: true) is not { } text)
        {
            return null;
        }

        if (PageRanges.Parse(text) is { } ranges)
        {
            return ranges.Text;
        }

        faults.Add(path, "Value error, Pages must be formated as 2-5,7, numbers from 1");
        return null;
    }

    private static int? Copies(JsonElement options, BodyFaults faults, int max)
    {
        string[] path = [.. s_path, "copies"];
        if (!options.TryGetProperty("copies", out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        // 2.0 and "2" are numbers to print-api as well
        var text = value.ValueKind is JsonValueKind.String ? value.GetString() : value.ValueKind is JsonValueKind.Number ? value.GetRawText() : null;
        if (!decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) || number != decimal.Truncate(number))
        {
            faults.Add(path, "Input should be a valid integer", "int_type");
            return null;
        }

        if (number >= 1 && number <= max)
        {
            return (int)number;
        }

        faults.Add(path, $"Input should be 1 to {max}", "out_of_range");
        return null;
    }

    private static bool? TwoSided(JsonElement options, BodyFaults faults)
    {
        if (!options.TryGetProperty("two_sided", out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        var said = value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.TryGetInt32(out var number) && number is 0 or 1 => number == 1,
            JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
            _ => (bool?)null,
        };
        if (said is null)
        {
            faults.Add([.. s_path, "two_sided"], "Input should be a valid boolean", "bool_type");
        }

        return said;
    }
}
