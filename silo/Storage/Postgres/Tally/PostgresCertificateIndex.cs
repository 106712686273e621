using System.Collections.Immutable;
using System.Text;
using Actors.Tallying;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The certificate index in PostgreSQL.</summary>
internal sealed class PostgresCertificateIndex : ICertificateIndex
{
    private const string Changes =
        "SELECT c.certificate, c.code, c.version, c.revoked, c.validity_start, c.validity_end, c.data, c.change FROM tally_certificate c "
        + "WHERE c.roster = (SELECT id FROM tally_roster WHERE slug = $1) AND c.change > $2 ORDER BY c.change LIMIT $3";
    private const string ByCode =
        "SELECT certificate FROM tally_certificate WHERE roster = (SELECT id FROM tally_roster WHERE slug = $1) AND code = $2";

    private readonly PostgresDatabase _database;

    public PostgresCertificateIndex(PostgresDatabase database) => _database = database;

    public async ValueTask PutAsync(IndexedCertificate certificate, CancellationToken cancellationToken) =>
        await _database.WriteAsync(new CertificateWrite(certificate, cancellationToken));

    public ValueTask<(long Cursor, bool More, ImmutableArray<IndexedCertificate> Certificates)> ReadChangesAsync(
        string campaign, long after, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        return _database.ReadAsync(Changes, parameters => parameters.With(campaign).With(after).With(limit + 1L), async rows =>
        {
            var certificates = ImmutableArray.CreateBuilder<IndexedCertificate>();
            var cursor = after;
            while (certificates.Count < limit && await rows.ReadAsync(cancellationToken))
            {
                cursor = rows.GetInt64(7);
                certificates.Add(new IndexedCertificate(
                    campaign,
                    rows.GetGuid(0),
                    rows.GetString(1),
                    rows.GetInt64(2),
                    rows.GetBoolean(3),
                    rows.TimeOrNull(4),
                    rows.TimeOrNull(5),
                    TextPairs.Read(Encoding.UTF8.GetBytes(rows.GetString(6)))));
            }

            return (cursor, certificates.Count == limit && await rows.ReadAsync(cancellationToken), certificates.DrainToImmutable());
        }, cancellationToken);
    }

    public ValueTask<ImmutableArray<Guid>> FindByCodeAsync(string campaign, string code, CancellationToken cancellationToken) =>
        _database.ReadAsync(ByCode, parameters => parameters.With(campaign).With(code), async rows =>
        {
            var found = ImmutableArray.CreateBuilder<Guid>();
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(rows.GetGuid(0));
            }

            return found.DrainToImmutable();
        }, cancellationToken);
}
