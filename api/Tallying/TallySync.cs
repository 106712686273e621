using System.Collections.Immutable;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>One synchronisation of a page, however it came: hands in its scans and lists what others saw.</summary>
internal sealed class TallySync(IGrainFactory grains, TimeProvider time)
{
    private const int ScansPerCall = 1_000;

    /// <summary>Together shorter than the page waits, so that it hears of a failure.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ListDeadline = TimeSpan.FromSeconds(3);

    /// <summary>Runs it; the answer, or why the reader may not.</summary>
    public async Task<(SyncAnswer? Answer, ReaderStatus Status)> RunAsync(Guid readerId, SyncRequest request, CancellationToken cancellationToken)
    {
        var (results, status, counters) = await HandInAsync(readerId, request, cancellationToken);
        if (status != ReaderStatus.Usable)
        {
            return (null, status);
        }

        var reader = grains.GetReaderGrain(new ReaderKey(readerId));
        var events = await Retry.UntilAnsweredAsync(token => reader.ReadEventsAsync(request.After, request.Limit, token), ListDeadline, time, cancellationToken);
        return (new SyncAnswer(events, results, counters), ReaderStatus.Usable);
    }

    /// <summary>Hands in its scans and lists nothing; their decisions, or why the reader may not.</summary>
    public async Task<(ImmutableArray<ScanResult> Results, ReaderStatus Status, CampaignCounters? Counters)> HandInAsync(
        Guid readerId, SyncRequest request, CancellationToken cancellationToken)
    {
        var reader = grains.GetReaderGrain(new ReaderKey(readerId));
        var results = ImmutableArray.CreateBuilder<ScanResult>(request.Scans.Length);
        var rest = request.Scans;
        CampaignCounters? counters = null;
        do
        {
            // parts of one post are parts of one synchronisation
            var part = rest.Length > ScansPerCall ? rest[..ScansPerCall] : rest;
            rest = rest[part.Length..];
            var command = new SyncScans(part, request.ReaderNow, request.More || !rest.IsEmpty);
            var outcome = await Retry.UntilAnsweredAsync(_ => reader.SyncAsync(command), Deadline, time, cancellationToken);
            if (outcome.Status != ReaderStatus.Usable)
            {
                return ([], outcome.Status, null);
            }

            results.AddRange(outcome.Results);
            counters = outcome.Counters;
        }
        while (!rest.IsEmpty);
        return (results.DrainToImmutable(), ReaderStatus.Usable, counters);
    }
}
