using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The certificate index in the embedded database.</summary>
internal sealed class SqliteCertificateIndex : ICertificateIndex
{
    private const string Columns =
        "c.certificate, (SELECT slug FROM tally_campaign WHERE id = c.campaign), c.code, c.version, c.revoked, c.validity_start, c.validity_end, c.data, c.change FROM tally_certificate c";

    private static readonly Sql s_read = new($"SELECT {Columns} WHERE c.certificate = ?1");
    private static readonly Sql s_put = new(
        "INSERT INTO tally_certificate (certificate, campaign, change, code, version, revoked, validity_start, validity_end, data) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (certificate) DO UPDATE SET "
        + "campaign = ?2, change = ?3, code = ?4, version = ?5, revoked = ?6, validity_start = ?7, validity_end = ?8, data = ?9");
    private static readonly Sql s_nextChange = new("UPDATE tally_campaign SET certificate_head = certificate_head + 1 WHERE id = ?1 RETURNING certificate_head");
    private static readonly Sql s_changes = new(
        $"SELECT {Columns} WHERE c.campaign = (SELECT id FROM tally_campaign WHERE slug = ?1) AND c.change > ?2 ORDER BY c.change LIMIT ?3");
    private static readonly Sql s_byCode = new(
        "SELECT certificate FROM tally_certificate WHERE campaign = (SELECT id FROM tally_campaign WHERE slug = ?1) AND code = ?2");

    private readonly SqliteDatabase _database;

    public SqliteCertificateIndex(SqliteDatabase database) => _database = database;

    public async ValueTask PutAsync(IndexedCertificate certificate, CancellationToken cancellationToken) =>
        await _database.WriteAsync(certificate, static (session, put) =>
        {
            var stored = Find(session, put.CertificateId);
            var next = stored is null ? put : CertificateRows.Merge(stored, put);
            return next is not null && Store(session, next);
        }, cancellationToken);

    public ValueTask<(long Cursor, bool More, ImmutableArray<IndexedCertificate> Certificates)> ReadChangesAsync(
        string campaign, long after, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        return _database.ReadAsync((campaign, after, limit), static (session, page) =>
        {
            var certificates = ImmutableArray.CreateBuilder<IndexedCertificate>();
            var cursor = page.after;
            using var rows = session[s_changes].Bind(1, page.campaign).Bind(2, page.after).Bind(3, page.limit + 1L).Query();
            while (certificates.Count < page.limit && rows.Next())
            {
                certificates.Add(Row(rows));
                cursor = rows.Int64(8);
            }

            return (cursor, certificates.Count == page.limit && rows.Next(), certificates.DrainToImmutable());
        }, cancellationToken);
    }

    public ValueTask<ImmutableArray<Guid>> FindByCodeAsync(string campaign, string code, CancellationToken cancellationToken) =>
        _database.ReadAsync((campaign, code), static (session, query) =>
        {
            var found = ImmutableArray.CreateBuilder<Guid>();
            using var rows = session[s_byCode].Bind(1, query.campaign).Bind(2, query.code).Query();
            while (rows.Next())
            {
                found.Add(rows.Guid(0));
            }

            return found.DrainToImmutable();
        }, cancellationToken);

    private static bool Store(SqliteSession session, IndexedCertificate certificate)
    {
        var campaign = TallyNames.Campaign(session, certificate.Campaign);
        var change = session[s_nextChange].Bind(1, campaign).Scalar()!.Value;
        return session[s_put]
            .Bind(1, certificate.CertificateId)
            .Bind(2, campaign)
            .Bind(3, change)
            .Bind(4, certificate.Code)
            .Bind(5, certificate.Version)
            .Bind(6, certificate.Revoked ? 1 : 0)
            .Bind(7, certificate.ValidityStart)
            .Bind(8, certificate.ValidityEnd)
            .Bind(9, TextPairs.Write(certificate.Data))
            .Run() == 1;
    }

    private static IndexedCertificate? Find(SqliteSession session, Guid certificate)
    {
        using var rows = session[s_read].Bind(1, certificate).Query();
        return rows.Next() ? Row(rows) : null;
    }

    private static IndexedCertificate Row(SqliteRows rows) => new(
        rows.Text(1),
        rows.Guid(0),
        rows.Text(2),
        rows.Int64(3),
        rows.Int64(4) != 0,
        rows.TimeOrNull(5),
        rows.TimeOrNull(6),
        TextPairs.Read(rows.Bytes(7)));
}
