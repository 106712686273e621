using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Silo.Storage.Memory;

/// <summary>A certificate index that lives as long as the process: for tests.</summary>
internal sealed class MemoryCertificateIndex : ICertificateIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, (long Change, IndexedCertificate Certificate)> _rows = [];
    private long _head;

    public ValueTask PutAsync(IndexedCertificate certificate, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var next = _rows.TryGetValue(certificate.CertificateId, out var stored)
                ? CertificateRows.Merge(stored.Certificate, certificate)
                : certificate;
            if (next is not null)
            {
                _rows[certificate.CertificateId] = (++_head, next);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<(long Cursor, bool More, ImmutableArray<IndexedCertificate> Certificates)> ReadChangesAsync(
        string campaign, long after, int limit, CancellationToken cancellationToken)
    {
        TallyRows.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var rest = _rows.Values
                .Where(row => row.Change > after && row.Certificate.Campaign == campaign)
                .OrderBy(row => row.Change)
                .Take(limit + 1)
                .ToList();
            var more = rest.Count > limit;
            var page = more ? rest[..^1] : rest;
            return ValueTask.FromResult<(long, bool, ImmutableArray<IndexedCertificate>)>(
                (page.Count == 0 ? after : page[^1].Change, more, [.. page.Select(row => row.Certificate)]));
        }
    }

    public ValueTask<ImmutableArray<Guid>> FindByCodeAsync(string campaign, string code, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_rows.Values
                .Where(row => row.Certificate.Campaign == campaign && row.Certificate.Code == code)
                .Select(row => row.Certificate.CertificateId)
                .ToImmutableArray());
        }
    }
}
