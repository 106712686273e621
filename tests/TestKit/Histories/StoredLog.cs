using Actors.Tallying;
using Npgsql;

namespace Actors.TestKit.Histories;

/// <summary>The log as it lies in PostgreSQL, past every cache of the product.</summary>
public static class StoredLog
{
    /// <summary>All scans of a campaign, those without a decision too.</summary>
    public static async Task<IReadOnlyList<StoredScan>> ReadAsync(string connectionString, string campaign, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        // Rows with a negative sequence tell of an order that changed; they are no scans.
        await using var command = source.CreateCommand(
            "SELECT certificate, event, outcome, position IS NULL FROM tally_event WHERE sequence > 0 AND campaign = (SELECT id FROM tally_campaign WHERE slug = $1)");
        command.Parameters.Add(new() { Value = campaign });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var scans = new List<StoredScan>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var outcome = rows.GetBoolean(3) ? AnsweredScan.Unconfirmed : ((ScanOutcome)rows.GetInt16(2)).ToString().ToLowerInvariant();
            scans.Add(new StoredScan(rows.GetGuid(0), rows.GetGuid(1), outcome));
        }

        return scans;
    }
}
