namespace Actors.Tallying.Gossip;

/// <summary>
/// Which scan counts as the first of each certificate, by what is known here: good enough to say sooner that it was seen
/// already, never to say that it was not.
/// </summary>
internal sealed class FirstScans
{
    private readonly Dictionary<Guid, Entry> _entries = [];

    /// <summary>The first scan of the certificate's stay; null when none is known, or the stay has ended.</summary>
    public TallyEvent? Find(Guid certificate) => _entries.GetValueOrDefault(certificate)?.First;

    /// <summary>Takes what a record says; records come in any order, the campaign's order counts.</summary>
    public void Add(GossipRecord record)
    {
        foreach (var tallied in record.Events)
        {
            var known = _entries.GetValueOrDefault(tallied.CertificateId);
            if (known?.Position > tallied.Position)
            {
                continue;
            }

            if (tallied is { Type: TallyEventType.Seen, Outcome: ScanOutcome.First })
            {
                _entries[tallied.CertificateId] = new Entry(tallied.Position, tallied.EventId, tallied);
            }
            else if (tallied.Type == TallyEventType.Reorder)
            {
                var winner = record.Events.FirstOrDefault(scan => scan.EventId == tallied.WinnerEventId);
                _entries[tallied.CertificateId] = new Entry(tallied.Position, tallied.EventId, winner);
            }
            else if (tallied.Type == TallyEventType.Exit || (tallied.Type == TallyEventType.Undo && known?.First?.EventId == tallied.RelatedEventId))
            {
                _entries[tallied.CertificateId] = new Entry(tallied.Position, tallied.EventId, First: null);
            }
        }
    }

    /// <summary>Forgets what a record said.</summary>
    public void Remove(GossipRecord record)
    {
        foreach (var tallied in record.Events)
        {
            if (_entries.TryGetValue(tallied.CertificateId, out var known) && known.EventId == tallied.EventId)
            {
                _entries.Remove(tallied.CertificateId);
            }
        }
    }

    private sealed record Entry(long Position, Guid EventId, TallyEvent? First);
}
