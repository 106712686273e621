using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.TestKit.Gossip;

/// <summary>Counts what a simulation sends, and notices what must never happen.</summary>
internal sealed class GossipMeter
{
    private readonly Dictionary<(Guid Origin, long Sequence), TimeSpan> _seen = [];
    private readonly Dictionary<(Guid Origin, long Sequence, Guid Home), int> _rounds = [];
    private readonly HashSet<(Guid Origin, long Sequence, Guid From, Guid To)> _confirmed = [];
    private int _news;
    private int _exchanges;
    private int _copies;
    private int _largestDigest;
    private int _largestMessage;
    private int _deepest;
    private TimeSpan _slowest;

    /// <summary>What happened that must never happen, or null.</summary>
    public string? Violation { get; private set; }

    public void Seen(GossipRecord record, Guid home, TimeSpan now)
    {
        _seen[(record.Origin, record.Sequence)] = now;
        _rounds[(record.Origin, record.Sequence, home)] = 0;
    }

    public void Restored(GossipRecord record, Guid home) => _rounds.TryAdd((record.Origin, record.Sequence, home), 0);

    public void Sent(GossipMessage message, Guid from, Guid? to)
    {
        var isExchange = !message.Summary.IsEmpty;
        (_news, _exchanges) = isExchange ? (_news, _exchanges + 1) : (_news + 1, _exchanges);
        _copies += message.Records.Length;
        _largestMessage = Math.Max(_largestMessage, message.Records.Length);
        _largestDigest = Math.Max(_largestDigest, Math.Max(message.Summary.Length, message.Wanted.Length));
        foreach (var record in message.Records)
        {
            if (!isExchange && to is { } home && _confirmed.Contains((record.Origin, record.Sequence, from, home)))
            {
                Violation ??= $"record {record.Sequence} of {record.Origin:N} was sent as news to a process known to have it";
            }
        }
    }

    public void Received(GossipMessage message, Guid home, ImmutableArray<GossipRecord> learned, TimeSpan now)
    {
        Learned(learned, message.Home, home, now);
        Confirm(message.Records, home, message.Home);
    }

    public void Answered(GossipMessage message, GossipAnswer answer, Guid home, ImmutableArray<GossipRecord> learned, TimeSpan now)
    {
        Learned(learned, answer.Home, home, now);
        Confirm(message.Records, home, answer.Home);
        Confirm(answer.Records, home, answer.Home);
        _copies += answer.Records.Length;
        _largestDigest = Math.Max(_largestDigest, answer.Known.Length);
        _largestMessage = Math.Max(_largestMessage, answer.Records.Length);
    }

    public GossipOutcome Describe(int seed, string? failure) => new()
    {
        Seed = seed,
        Failure = failure,
        NewsMessages = _news,
        ExchangeMessages = _exchanges,
        Copies = _copies,
        LargestDigest = _largestDigest,
        LargestMessage = _largestMessage,
        Rounds = _deepest,
        KnownByAll = _slowest,
    };

    private void Learned(ImmutableArray<GossipRecord> learned, Guid from, Guid home, TimeSpan now)
    {
        foreach (var record in learned)
        {
            var rounds = _rounds.GetValueOrDefault((record.Origin, record.Sequence, from)) + 1;
            if (!_rounds.TryAdd((record.Origin, record.Sequence, home), rounds))
            {
                Violation ??= $"record {record.Sequence} of {record.Origin:N} was new to a process twice";
            }

            _deepest = Math.Max(_deepest, rounds);
            _slowest = Max(_slowest, now - _seen[(record.Origin, record.Sequence)]);
        }
    }

    private void Confirm(ImmutableArray<GossipRecord> records, Guid knower, Guid holder)
    {
        foreach (var record in records)
        {
            _confirmed.Add((record.Origin, record.Sequence, knower, holder));
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
