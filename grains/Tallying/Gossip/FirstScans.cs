namespace Actors.Tallying.Gossip;

/// <summary>
/// Which scan counts as the first of each certificate, by what is known here: good enough to say sooner that it was seen
/// already, never to say that it was not.
/// </summary>
internal sealed class FirstScans
{
    private readonly Dictionary<Guid, (long Position, TallyEvent Scan)> _firsts = [];

    /// <summary>The first scan of the certificate's latest stay.</summary>
    public TallyEvent? Find(Guid certificate) => _firsts.TryGetValue(certificate, out var first) ? first.Scan : null;

    /// <summary>Takes what a record says; records come in any order, the campaign's order counts.</summary>
    public void Add(GossipRecord record)
    {
        foreach (var tallied in record.Events)
        {
            var first = tallied switch
            {
                { Type: TallyEventType.Seen, Outcome: ScanOutcome.First } => tallied,
                { Type: TallyEventType.Reorder } => record.Events.FirstOrDefault(scan => scan.EventId == tallied.WinnerEventId),
                _ => null,
            };
            if (first is not null && (!_firsts.TryGetValue(first.CertificateId, out var known) || known.Position < tallied.Position))
            {
                _firsts[first.CertificateId] = (tallied.Position, first);
            }
        }
    }

    /// <summary>Forgets what a record said.</summary>
    public void Remove(GossipRecord record)
    {
        foreach (var tallied in record.Events)
        {
            if (_firsts.TryGetValue(tallied.CertificateId, out var known) && known.Scan.EventId == tallied.EventId)
            {
                _firsts.Remove(tallied.CertificateId);
            }
        }
    }
}
