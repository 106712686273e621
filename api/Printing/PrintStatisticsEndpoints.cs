using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Actors.Api.Auth;
using Actors.Api.Problems;
using Actors.Printing;

namespace Actors.Api.Printing;

/// <summary>What was printed, for the staff.</summary>
internal static class PrintStatisticsEndpoints
{
    private const int MaxRows = 10_000;
    private const int MaxDays = 3_660;
    private const int MemberPage = 1_000;

    public static void MapPrintStatistics(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/print/statistics", ReadAsync).AddEndpointFilter<FailureFilter>().RequireScope(Scopes.PrintTerminalService).WithTags("Printing")
            .WithName("printStatistics").WithSummary("Prints and sheets by day (UTC), member or terminal; with format=csv as CSV: key,label,prints,sheets.")
            .Produces<PrintStatistics>().ProducesValidationProblem();

    private static async Task<IResult> ReadAsync(
        IPrintFacts facts, IMemberDirectory members, TerminalNames names, TimeProvider time, CancellationToken cancellationToken,
        string? by = null, string? from = null, string? to = null, string? format = null)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var first = Day(from, new DateOnly(today.Year, today.Month, 1), "from", errors);
        var end = Day(to, today.AddDays(1), "to", errors);
        if (!TryDivision(by, out var division))
        {
            errors["by"] = ["day, member or terminal."];
        }

        if (format is not (null or "json" or "csv"))
        {
            errors["format"] = ["json or csv."];
        }

        if (errors.Count == 0 && (end <= first || end.DayNumber - first.DayNumber > MaxDays))
        {
            errors["to"] = [$"After from, and {MaxDays} days after it at most."];
        }

        if (errors.Count > 0)
        {
            return Refusals.Invalid.ToResult(errors);
        }

        var sums = await facts.SumAsync(division, Moment(first), Moment(end), MaxRows, cancellationToken);
        var labels = division switch
        {
            PrintSumBy.Member => await MemberLabelsAsync(members, sums, cancellationToken),
            PrintSumBy.Terminal => await names.AllAsync(cancellationToken),
            _ => (IReadOnlyDictionary<string, string>)ImmutableDictionary<string, string>.Empty,
        };
        ImmutableArray<PrintStatisticsRow> rows = [.. sums.Select(sum => Row(division, sum, labels))];
        return format is "csv"
            ? Results.Text(Csv(rows), "text/csv", Encoding.UTF8)
            : Results.Ok(new PrintStatistics(
                division, Text(first), Text(end), rows, rows.Sum(row => row.Prints), rows.Sum(row => row.Sheets), rows.Length == MaxRows));
    }

    private static bool TryDivision(string? by, out PrintSumBy division)
    {
        (division, var isKnown) = by switch
        {
            null or "day" => (PrintSumBy.Day, true),
            "member" => (PrintSumBy.Member, true),
            "terminal" => (PrintSumBy.Terminal, true),
            _ => (PrintSumBy.Day, false),
        };
        return isKnown;
    }

    private static DateOnly Day(string? text, DateOnly otherwise, string name, Dictionary<string, string[]> errors)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1970)
        {
            return day;
        }

        errors[name] = ["A day such as 2026-11-23."];
        return otherwise;
    }

    private static DateTimeOffset Moment(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PrintStatisticsRow Row(PrintSumBy by, PrintSum sum, IReadOnlyDictionary<string, string> labels)
    {
        var key = by is PrintSumBy.Day
            ? Text(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(long.Parse(sum.Key!, CultureInfo.InvariantCulture))))
            : sum.Key ?? "";
        return new PrintStatisticsRow(key, by is PrintSumBy.Day ? key : labels.GetValueOrDefault(key, ""), sum.Prints, sum.Sheets);
    }

    private static async Task<IReadOnlyDictionary<string, string>> MemberLabelsAsync(
        IMemberDirectory members, ImmutableArray<PrintSum> sums, CancellationToken cancellationToken)
    {
        var wanted = sums.Where(sum => sum.Key is not null).Select(sum => long.Parse(sum.Key!, CultureInfo.InvariantCulture)).Order().ToList();
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var next = 0; next < wanted.Count;)
        {
            var page = await members.ListAsync(wanted[next] - 1, MemberPage, cancellationToken);
            foreach (var member in page)
            {
                labels[member.Id.ToString(CultureInfo.InvariantCulture)] = $"{member.Surname} {member.UnionNumber ?? member.StudentNumber}";
            }

            var last = page.Length < MemberPage ? long.MaxValue : page[^1].Id;
            while (next < wanted.Count && wanted[next] <= last)
            {
                next++;
            }
        }

        return labels;
    }

    /// <summary>RFC 4180. A text that a table would take for a formula is marked as text.</summary>
    private static string Csv(ImmutableArray<PrintStatisticsRow> rows)
    {
        var csv = new StringBuilder("key,label,prints,sheets\r\n");
        foreach (var row in rows)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{Cell(row.Key)},{Cell(row.Label)},{row.Prints},{row.Sheets}\r\n");
        }

        return csv.ToString();
    }

    private static string Cell(string text) =>
        $"\"{(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>What was printed in a time.</summary>
/// <param name="By">How it is divided.</param>
/// <param name="From">The first day (UTC).</param>
/// <param name="To">The first day after it.</param>
/// <param name="Rows">The parts, by their keys; those that are nobody's first.</param>
/// <param name="Prints">All prints.</param>
/// <param name="Sheets">All sheets.</param>
/// <param name="IsCut">Whether there are more parts than are told.</param>
public sealed record PrintStatistics(PrintSumBy By, string From, string To, ImmutableArray<PrintStatisticsRow> Rows, long Prints, long Sheets, bool IsCut);

/// <summary>A part of what was printed.</summary>
/// <param name="Key">The day, or the id of the member or terminal; empty for files that are nobody's.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Prints">Prints.</param>
/// <param name="Sheets">Sheets.</param>
public sealed record PrintStatisticsRow(string Key, string Label, long Prints, long Sheets);
