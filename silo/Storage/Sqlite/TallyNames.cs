namespace Actors.Silo.Storage.Sqlite;

/// <summary>The short numbers that stand for campaigns and readers, made at first use.</summary>
internal static class TallyNames
{
    private static readonly Sql s_campaign = new("SELECT id FROM tally_campaign WHERE slug = ?1");
    private static readonly Sql s_addCampaign = new("INSERT INTO tally_campaign (slug) VALUES (?1) RETURNING id");
    private static readonly Sql s_reader = new("SELECT id FROM tally_reader WHERE uuid = ?1");
    private static readonly Sql s_addReader = new("INSERT INTO tally_reader (uuid) VALUES (?1) RETURNING id");

    public static long Campaign(SqliteSession session, string slug)
    {
        if (!session.Ids.Campaigns.TryGetValue(slug, out var id))
        {
            id = session[s_campaign].Bind(1, slug).Scalar() ?? session[s_addCampaign].Bind(1, slug).Scalar()!.Value;
            session.Ids.Campaigns.Add(slug, id);
        }

        return id;
    }

    public static long Reader(SqliteSession session, Guid uuid)
    {
        if (!session.Ids.Readers.TryGetValue(uuid, out var id))
        {
            id = session[s_reader].Bind(1, uuid).Scalar() ?? session[s_addReader].Bind(1, uuid).Scalar()!.Value;
            session.Ids.AddReader(uuid, id);
        }

        return id;
    }
}
