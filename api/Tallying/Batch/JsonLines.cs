using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Actors.Api.Tallying.Batch;

/// <summary>Reads a batch as JSON objects, one per line; a line that is none does not spoil the others.</summary>
internal static class JsonLines
{
    public const int MaxLineBytes = 64 << 10;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static async IAsyncEnumerable<BatchRow> ReadAsync(
        PipeReader body, string campaign, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = 0;
        var tooLong = false;
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            var rest = result.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                line++;
                if (Read(rest.Slice(0, end), tooLong, line, campaign) is { } row)
                {
                    yield return row;
                }

                tooLong = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (result.IsCompleted)
            {
                if (Read(rest, tooLong, line + 1, campaign) is { } last)
                {
                    yield return last;
                }

                body.AdvanceTo(rest.End);
                yield break;
            }

            // the beginning of a line that is too long is not kept
            tooLong |= rest.Length > MaxLineBytes;
            body.AdvanceTo(tooLong ? rest.End : rest.Start, rest.End);
        }
    }

    /// <summary>The row of a line, or null when the line is empty.</summary>
    private static BatchRow? Read(ReadOnlySequence<byte> text, bool tooLong, int line, string campaign)
    {
        if (tooLong || text.Length > MaxLineBytes)
        {
            return new BatchRow(line, default, Command: null, $"The line is longer than {MaxLineBytes} bytes.");
        }

        if (IsBlank(text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return JsonRows.Read(document.RootElement, line, campaign);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new BatchRow(line, default, Command: null, "The line is no JSON object.");
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> text)
    {
        foreach (var part in text)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
