namespace Actors.Silo.Storage.Sqlite;

/// <summary>The short numbers that stand for campaigns and readers in the log, and where their rows end: only the writer moves them.</summary>
internal sealed class TallyIds
{
    private const int MaxReaders = 50_000;

    public Dictionary<string, long> Campaigns { get; } = new(StringComparer.Ordinal);

    public Dictionary<Guid, long> Readers { get; } = [];

    /// <summary>The highest sequence of a reader's rows.</summary>
    public Dictionary<long, long> ReaderHeads { get; } = [];

    /// <summary>The last position in a campaign's order.</summary>
    public Dictionary<long, long> CampaignHeads { get; } = [];

    public void Clear()
    {
        Campaigns.Clear();
        CampaignHeads.Clear();
        Readers.Clear();
        ReaderHeads.Clear();
    }

    public void AddReader(Guid uuid, long id)
    {
        if (Readers.Count >= MaxReaders)
        {
            Readers.Clear();
            ReaderHeads.Clear();
        }

        Readers.Add(uuid, id);
    }
}
