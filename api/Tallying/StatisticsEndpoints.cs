using System.Globalization;
using System.Text;
using Actors.Api.Auth;
using Actors.Api.Pages;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>What was scanned in a campaign: as JSON, and by quarter of an hour as CSV.</summary>
internal static class StatisticsEndpoints
{
    public static void MapStatistics(this IEndpointRouteBuilder app)
    {
        app.MapPage("/campaign/{slug}", "campaign.html");
        var campaigns = app.MapGroup("/api/campaigns/{slug}").AddEndpointFilter<FailureFilter>().WithTags("Campaigns").RequireScope(Scopes.TallyRead);
        campaigns.MapGet("statistics", StatisticsAsync)
            .WithName("campaignStatistics").WithSummary("What was scanned so far, and who is inside.")
            .Produces<StatisticsAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapGet("statistics.csv", CsvAsync)
            .WithName("campaignStatisticsCsv").WithSummary("By quarter of an hour (UTC), a week's at most: start,seen,entries,exits,refused,inside.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> StatisticsAsync(IGrainFactory grains, string slug) =>
        await FindAsync(grains, slug) is { } counts ? Results.Ok(Answer(counts)) : TallyRefusals.CampaignUnknown.ToResult();

    private static async Task<IResult> CsvAsync(IGrainFactory grains, string slug) =>
        await FindAsync(grains, slug) is { } counts
            ? Results.Text(Csv(counts), "text/csv", Encoding.UTF8)
            : TallyRefusals.CampaignUnknown.ToResult();

    private static async Task<CampaignStatistics?> FindAsync(IGrainFactory grains, string slug) =>
        Texts.IsSlug(slug) ? await grains.GetCampaignGrain(new CampaignKey(slug)).GetStatisticsAsync() : null;

    /// <summary>RFC 4180. The column "inside" is how many were inside at the end of the quarter; it ends at what is inside now.</summary>
    private static string Csv(CampaignStatistics counts)
    {
        var csv = new StringBuilder("start,seen,entries,exits,refused,inside\r\n");
        var inside = counts.Counters.Inside - counts.Quarters.Sum(quarter => quarter.Entries - quarter.Exits);
        foreach (var quarter in counts.Quarters)
        {
            inside += quarter.Entries - quarter.Exits;
            csv.Append(CultureInfo.InvariantCulture, $"{quarter.Start:yyyy-MM-ddTHH:mm:ssZ},{quarter.Seen},{quarter.Entries},{quarter.Exits},{quarter.Refused},{inside}\r\n");
        }

        return csv.ToString();
    }

    private static StatisticsAnswer Answer(CampaignStatistics counts) => new(
        Cursors.Format(counts.Cursor),
        counts.Seen,
        counts.Outcomes.Where(o => o.Outcome == ScanOutcome.First).Sum(o => o.Count),
        counts.Reordered,
        counts.Outcomes.ToDictionary(o => Names.Of(o.Outcome), o => o.Count, StringComparer.Ordinal),
        [.. counts.Readers.Select(r => new ReaderStatistics(r.ReaderId, r.ReaderName, r.Seen, r.First, r.LastReceivedAt))],
        [.. counts.Hours.Select(h => new HourStatistics(h.Start, h.Seen, h.First))],
        counts.Counters.Inside,
        counts.Counters.Entries,
        counts.Counters.Exits,
        counts.Counters.Capacity,
        [.. counts.Counters.Gates.Select(g => new GateStatistics(g.Gate, g.Entries, g.Exits))],
        [.. counts.Quarters.Select(q => new QuarterStatistics(q.Start, q.Seen, q.Entries, q.Exits, q.Refused))]);
}
