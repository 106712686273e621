using Actors.Tallying;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>A certificate for the index.</summary>
internal sealed class CertificateWrite(IndexedCertificate certificate, CancellationToken cancellationToken)
    : PostgresWrite<bool>(CertificateKind.Instance, certificate.CertificateId, rows: 1, cancellationToken)
{
    public IndexedCertificate Certificate { get; } = certificate;

    /// <summary>The changes of a campaign are numbered by one lane.</summary>
    public override int Lane => StringComparer.Ordinal.GetHashCode(Certificate.Campaign);
}

/// <summary>Puts certificates as <see cref="CertificateRows.Merge"/> tells, and numbers what changed under the lock of the campaign's roster.</summary>
internal sealed class CertificateKind : WriteKind
{
    public static readonly CertificateKind Instance = new();

    private const string AddRosters =
        "INSERT INTO tally_roster (slug) SELECT n.slug FROM unnest($1::text[]) AS n(slug) "
        + "WHERE NOT EXISTS (SELECT 1 FROM tally_roster r WHERE r.slug = n.slug) ON CONFLICT (slug) DO NOTHING";
    private const string Lock =
        "SELECT count(*) FROM (SELECT 1 FROM tally_roster WHERE slug = ANY ($1::text[]) ORDER BY slug FOR NO KEY UPDATE) AS locked";
    private const string Put =
        """
        WITH n AS (
          SELECT n.*, r.id AS roster, r.head, s.certificate IS NOT NULL AS known, coalesce(n.version < s.version, false) AS older,
            s.roster AS s_roster, s.code AS s_code, s.version AS s_version, coalesce(s.revoked, false) AS s_revoked,
            s.validity_start AS s_start, s.validity_end AS s_end, s.data AS s_data
          FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::boolean[], $6::bigint[], $7::bigint[], $8::text[])
            WITH ORDINALITY AS n(slug, certificate, code, version, revoked, validity_start, validity_end, data, i)
          JOIN tally_roster r ON r.slug = n.slug
          LEFT JOIN tally_certificate s ON s.certificate = n.certificate),
        changed AS (
          SELECT * FROM n WHERE NOT known OR (revoked AND NOT s_revoked)
            OR (NOT older AND (roster, code, version, validity_start, validity_end, data) IS DISTINCT FROM (s_roster, s_code, s_version, s_start, s_end, s_data))),
        numbered AS (SELECT *, head + row_number() OVER (PARTITION BY roster ORDER BY i) AS change FROM changed),
        heads AS (
          UPDATE tally_roster r SET head = c.head FROM (SELECT roster, max(change) AS head FROM numbered GROUP BY roster) c WHERE r.id = c.roster)
        INSERT INTO tally_certificate AS c (certificate, roster, change, code, version, revoked, validity_start, validity_end, data)
        SELECT certificate, CASE WHEN older THEN s_roster ELSE roster END, change, CASE WHEN older THEN s_code ELSE code END,
          CASE WHEN older THEN s_version ELSE version END, revoked OR s_revoked, CASE WHEN older THEN s_start ELSE validity_start END,
          CASE WHEN older THEN s_end ELSE validity_end END, CASE WHEN older THEN s_data ELSE data END
        FROM numbered
        ON CONFLICT (certificate) DO UPDATE SET roster = excluded.roster, change = excluded.change, code = excluded.code, version = excluded.version,
          revoked = excluded.revoked, validity_start = excluded.validity_start, validity_end = excluded.validity_end, data = excluded.data
        """;

    public override int Order => 6;

    public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes)
    {
        var puts = writes.ConvertAll(static write => ((CertificateWrite)write).Certificate);
        var campaigns = puts.Select(put => put.Campaign).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        batch.Command(AddRosters).Add(campaigns, NpgsqlDbType.Array | NpgsqlDbType.Text);
        batch.Command(Lock).Add(campaigns, NpgsqlDbType.Array | NpgsqlDbType.Text);
        batch.Command(Put)
            .Add(puts, NpgsqlDbType.Text, static put => put.Campaign)
            .Add(puts, NpgsqlDbType.Uuid, static put => put.CertificateId)
            .Add(puts, NpgsqlDbType.Text, static put => put.Code)
            .Add(puts, NpgsqlDbType.Bigint, static put => put.Version)
            .Add(puts, NpgsqlDbType.Boolean, static put => put.Revoked)
            .Add(puts, NpgsqlDbType.Bigint, static put => PostgresColumns.Ticks(put.ValidityStart))
            .Add(puts, NpgsqlDbType.Bigint, static put => PostgresColumns.Ticks(put.ValidityEnd))
            .Add(puts, NpgsqlDbType.Text, static put => TextPairs.Write(put.Data));
    }

    public override async ValueTask ReadAsync(BatchAnswer answer, List<PostgresWrite> writes)
    {
        await answer.NextSetAsync();
        foreach (var write in writes.Cast<CertificateWrite>())
        {
            write.Result = true;
        }
    }
}
