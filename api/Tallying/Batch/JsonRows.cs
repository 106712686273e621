using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Api.Tallying.Wire;

namespace Actors.Api.Tallying.Batch;

/// <summary>Reads a batch as a JSON array, without holding all of it.</summary>
internal static class JsonRows
{
    private static readonly JsonSerializerOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The rows; the last one tells where the text stops being JSON.</summary>
    public static async IAsyncEnumerable<BatchRow> ReadAsync(
        Stream body, string campaign, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = 0;
        var items = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (items.ConfigureAwait(false))
        {
            while (true)
            {
                line++;
                BatchRow row;
                try
                {
                    if (!await items.MoveNextAsync())
                    {
                        yield break;
                    }

                    row = Read(items.Current, line, campaign);
                }
                catch (JsonException)
                {
                    row = new BatchRow(line, default, Command: null, "Here or soon after the body stops being JSON.", "malformed");
                }

                yield return row;
                if (row.Code == "malformed")
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Reads one row.</summary>
    public static BatchRow Read(JsonElement item, int line, string campaign)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new BatchRow(line, default, Command: null, "No object.");
        }

        try
        {
            var id = Guid.NewGuid();
            if (item.TryGetProperty("uuid", out var uuid) && uuid.ValueKind != JsonValueKind.Null
                && (uuid.ValueKind != JsonValueKind.String || !Uuids.TryParse(uuid.GetString(), out id)))
            {
                return new BatchRow(line, default, Command: null, "'uuid' is no uuid.");
            }

            var wrong = EntityReader.ReadCertificate(item, campaign, out var command);
            return new BatchRow(line, id, command, wrong);
        }
        catch (InvalidOperationException)
        {
            // a text with half a surrogate pair
            return new BatchRow(line, default, Command: null, "A text is no Unicode.");
        }
    }
}
