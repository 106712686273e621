using Orleans;

namespace Actors.Tallying.Campaigns;

/// <summary>
/// What a campaign's log has in it up to a position, as stored: written now and then, so that the doors never wait for it,
/// and brought up to date from the log, which it outlives.
/// </summary>
[GenerateSerializer, Alias("actors.tallying.campaign-counts")]
internal sealed class CampaignCounts
{
    [Id(0)]
    public long Cursor { get; set; }

    [Id(1)]
    public long Seen { get; set; }

    [Id(2)]
    public long Reordered { get; set; }

    [Id(3)]
    public long Entries { get; set; }

    [Id(4)]
    public long Exits { get; set; }

    [Id(5)]
    public List<OutcomeCount> Outcomes { get; set; } = [];

    [Id(6)]
    public List<ReaderCount> Readers { get; set; } = [];

    [Id(7)]
    public List<HourCount> Hours { get; set; } = [];

    [Id(8)]
    public List<GateCount> Gates { get; set; } = [];

    [Id(9)]
    public List<QuarterCount> Quarters { get; set; } = [];
}
