using Actors.Tallying.Scans;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Tallying.Readers;

/// <summary>
/// Asks certificates to decide scans: many certificates at a time, each one's scans one after the other and the earliest
/// first, so that scans of one synchronisation do not displace each other, and an undo comes after what it takes back.
/// </summary>
internal sealed partial class CertificateDesk(IGrainFactory grains, TimeProvider time, TallyingOptions options, ILogger log)
{
    private readonly ILogger _log = log;

    /// <summary>The decisions by event; what a certificate did not decide in time is missing.</summary>
    public async Task<Dictionary<Guid, ScanDecision>> AskAsync(IReadOnlyList<LoggedScan> rows)
    {
        var decisions = new Dictionary<Guid, ScanDecision>(rows.Count);
        if (rows is [var only])
        {
            // nearly every synchronisation at a door
            if (await AskAsync(only) is { } decision)
            {
                decisions.Add(only.EventId, decision);
            }

            return decisions;
        }

        var certificates = new Queue<LoggedScan[]>(rows
            .GroupBy(row => row.CertificateId)
            .Select(group => group.OrderBy(row => row.Time).ThenBy(row => row.Type).ThenBy(row => row.EventId, UuidOrder.Comparer).ToArray()));
        await Task.WhenAll(Enumerable.Range(0, Math.Min(options.FanOut, certificates.Count)).Select(_ => WorkAsync(certificates, decisions)));
        return decisions;
    }

    private async Task WorkAsync(Queue<LoggedScan[]> certificates, Dictionary<Guid, ScanDecision> decisions)
    {
        while (certificates.TryDequeue(out var scans))
        {
            foreach (var row in scans)
            {
                if (await AskAsync(row) is not { } decision)
                {
                    // the rest of this certificate's scans would only wait as long again
                    break;
                }

                decisions[row.EventId] = decision;
            }
        }
    }

    private async Task<ScanDecision?> AskAsync(LoggedScan row)
    {
        try
        {
            return await grains.GetCertificateGrain(new CertificateKey(row.CertificateId))
                .ScanAsync(new Scan(row.EventId, row.ReaderId, row.ReaderName, row.Campaign, row.Time, row.Type, row.RelatedEventId))
                .WaitAsync(options.CallTimeout, time);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // whatever it was, nobody knows the decision now: the scan stays undecided and is offered again
            LogUnconfirmed(e, new Masked(row.CertificateId), row.EventId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Certificate {Certificate} did not decide event {EventId}; it is offered again.")]
    private partial void LogUnconfirmed(Exception error, Masked certificate, Guid eventId);
}
