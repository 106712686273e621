using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;

namespace Actors.Api.Tallying.Batch;

/// <summary>
/// Reads a batch as CSV in UTF-8. The first line names the columns: <c>uuid</c>, <c>validity_start</c>,
/// <c>validity_end</c>, <c>data.x</c> and <c>metadata.x</c>; empty fields are left out.
/// </summary>
internal static class CsvRows
{
    private const string DataPrefix = "data.";
    private const string MetadataPrefix = "metadata.";

    /// <summary>The rows; the last one tells when the text stops being CSV.</summary>
    public static async IAsyncEnumerable<BatchRow> ReadAsync(
        Stream body, string campaign, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var csv = new CsvReader(text);
        var (header, broken) = await NextAsync(csv, cancellationToken);
        if (broken is not null || header is null || CheckHeader(header) is not null)
        {
            yield return broken ?? new BatchRow(1, default, Command: null, header is null ? "There is no line of column names." : CheckHeader(header), "malformed");
            yield break;
        }

        while (true)
        {
            (var fields, broken) = await NextAsync(csv, cancellationToken);
            if (fields is null)
            {
                if (broken is not null)
                {
                    yield return broken;
                }

                yield break;
            }

            yield return Read(header, fields, csv.Line, campaign);
        }
    }

    private static async ValueTask<(IReadOnlyList<string>? Fields, BatchRow? Broken)> NextAsync(CsvReader csv, CancellationToken cancellationToken)
    {
        try
        {
            return (await csv.ReadAsync(cancellationToken), null);
        }
        catch (FormatException wrong)
        {
            return (null, new BatchRow(csv.Line, default, Command: null, $"From here on the body is no CSV: {wrong.Message}.", "malformed"));
        }
        catch (DecoderFallbackException)
        {
            return (null, new BatchRow(csv.Line, default, Command: null, "From here on the body is no UTF-8.", "malformed"));
        }
    }

    private static string? CheckHeader(IReadOnlyList<string> header)
    {
        if (header.Distinct(StringComparer.Ordinal).Count() != header.Count)
        {
            return "A column comes twice.";
        }

        var unknown = header.FirstOrDefault(name => name is not ("uuid" or "validity_start" or "validity_end")
            && EntityKey(name, DataPrefix) is null && EntityKey(name, MetadataPrefix) is null);
        return unknown is null ? null : "A column is none of uuid, validity_start, validity_end, data.x and metadata.x.";
    }

    private static string? EntityKey(string column, string prefix) =>
        column.Length > prefix.Length && column.StartsWith(prefix, StringComparison.Ordinal) ? column[prefix.Length..] : null;

    private static BatchRow Read(IReadOnlyList<string> header, IReadOnlyList<string> fields, int line, string campaign)
    {
        if (fields.Count != header.Count)
        {
            return new BatchRow(line, default, Command: null, $"{fields.Count} fields, but {header.Count} columns.");
        }

        var id = Guid.NewGuid();
        string? start = null, end = null;
        var data = ImmutableArray.CreateBuilder<TextPair>();
        var metadata = ImmutableArray.CreateBuilder<TextPair>();
        for (var i = 0; i < fields.Count; i++)
        {
            var (column, value) = (header[i], fields[i]);
            string? wrong = null;
            if (value.Length == 0)
            {
                continue;
            }

            switch (column)
            {
                case "uuid":
                    wrong = Uuids.TryParse(value, out id) ? null : "'uuid' is no uuid.";
                    break;
                case "validity_start":
                    start = value;
                    break;
                case "validity_end":
                    end = value;
                    break;
                default:
                    var part = column.StartsWith(DataPrefix, StringComparison.Ordinal) ? "data" : "metadata";
                    var key = column[(part.Length + 1)..];
                    wrong = EntityReader.CheckText(part, key, value);
                    (part == "data" ? data : metadata).Add(new TextPair(key, value));
                    break;
            }

            if (wrong is not null)
            {
                return new BatchRow(line, default, Command: null, wrong);
            }
        }

        var invalid = EntityReader.ReadValidity(start, end, out var from, out var until);
        return new BatchRow(line, id, new SaveCertificate(campaign, data.ToImmutable(), metadata.ToImmutable(), from, until), invalid);
    }
}
