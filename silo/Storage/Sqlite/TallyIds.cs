namespace Actors.Silo.Storage.Sqlite;

/// <summary>The short numbers that stand for campaigns and readers in the log.</summary>
internal sealed class TallyIds
{
    private const int MaxReaders = 50_000;

    public Dictionary<string, long> Campaigns { get; } = new(StringComparer.Ordinal);

    public Dictionary<Guid, long> Readers { get; } = [];

    public void Clear()
    {
        Campaigns.Clear();
        Readers.Clear();
    }

    public void AddReader(Guid uuid, long id)
    {
        if (Readers.Count >= MaxReaders)
        {
            Readers.Clear();
        }

        Readers.Add(uuid, id);
    }
}
