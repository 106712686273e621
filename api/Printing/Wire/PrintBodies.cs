using Actors.Api.Limits;
using System.Text.Json;

namespace Actors.Api.Printing.Wire;

/// <summary>Reads the bodies of print-api's routes; members that are not known are passed over, as there.</summary>
internal static class PrintBodies
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 8 };

    /// <summary>Reads an object; the second of the two answers is a refusal.</summary>
    /// <param name="http">The request.</param>
    /// <param name="maxBytes">Its size at most.</param>
    /// <param name="read">Takes the object and says what is wrong with it.</param>
    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(HttpContext http, int maxBytes, Func<JsonElement, BodyFaults, T?> read)
        where T : class
    {
        return await Bodies.ReadAsync<T>(http, maxBytes, body =>
        {
            var faults = new BodyFaults();
            try
            {
                using var document = JsonDocument.Parse(body, s_options);
                if (document.RootElement.ValueKind is not JsonValueKind.Object)
                {
                    faults.Add(["body"], "Input should be a valid dictionary or object to extract fields from", "model_attributes_type");
                    return (null, faults.ToResult());
                }

                var value = read(document.RootElement, faults);
                return faults.Any ? (null, faults.ToResult()) : (value, null);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                // no JSON, or a text with half a surrogate pair
                faults.Add(["body"], "JSON decode error", "json_invalid");
                return (null, faults.ToResult());
            }
        });
    }

    /// <summary>A text; null, with a fault unless it may be missing, when there is none.</summary>
    public static string? Text(this JsonElement body, BodyFaults faults, string[] path, bool optional = false)
    {
        if (!body.TryGetProperty(path[^1], out var value) || (optional && value.ValueKind is JsonValueKind.Null))
        {
            if (!optional)
            {
                faults.Missing(path);
            }

            return null;
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            return value.GetString();
        }

        faults.Add(path, "Input should be a valid string", "string_type");
        return null;
    }
}
