using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Actors.Tallying;

/// <summary>What gossip measures.</summary>
public sealed class GossipInstruments : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _learned;
    private readonly Histogram<double> _age;

    /// <summary>Makes the instruments.</summary>
    public GossipInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(TallyingInstruments.MeterName);
        _messages = _meter.CreateCounter<long>("actors.tallying.gossip.messages", "{message}", "Messages sent to other readers, by kind.");
        _bytes = _meter.CreateCounter<long>("actors.tallying.gossip.bytes", "By", "What messages and answers carry, as estimated from their fields.");
        _failures = _meter.CreateCounter<long>("actors.tallying.gossip.failures", "{message}", "Messages without an answer.");
        _learned = _meter.CreateCounter<long>("actors.tallying.gossip.learned", "{event}", "Events learned, by where from.");
        _age = _meter.CreateHistogram<double>("actors.tallying.gossip.age", "s", "From an event's reception by its reader to learning it from another one.");
    }

    internal void Sent(GossipMessage message)
    {
        _messages.Add(1, new KeyValuePair<string, object?>("kind", message.Summary.IsEmpty ? "news" : "comparison"));
        _bytes.Add(SizeOf(message.Records) + message.Summary.Length + message.Wanted.Length + 32);
    }

    internal void Answered(GossipAnswer answer) => _bytes.Add(SizeOf(answer.Records) + answer.Known.Length + 16);

    internal void Failed() => _failures.Add(1);

    internal void LearnedFromPeers(ImmutableArray<GossipRecord> records, DateTimeOffset now)
    {
        _learned.Add(records.Length, new KeyValuePair<string, object?>("from", "peers"));
        foreach (var record in records)
        {
            _age.Record(Math.Max(0, (now - record.Events[0].ReceivedAt).TotalSeconds));
        }
    }

    internal void LearnedFromLog(int count) => _learned.Add(count, new KeyValuePair<string, object?>("from", "log"));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static int SizeOf(ImmutableArray<GossipRecord> records)
    {
        // uuids, times and numbers of fixed size, and what varies
        var bytes = 0;
        foreach (var record in records)
        {
            bytes += 36;
            foreach (var tallied in record.Events)
            {
                bytes += 110 + tallied.ReaderName.Length + (tallied.Gate?.Length ?? 0)
                    + (tallied.RelatedEventId is null ? 0 : 18) + (tallied.WinnerEventId is null ? 0 : 18);
            }
        }

        return bytes;
    }
}
