using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Actors.TestKit.Histories;

/// <summary>What clients saw, written down as it happens by any number of them.</summary>
public sealed class ScanHistory
{
    private readonly ConcurrentQueue<AnsweredScan> _answers = new();
    private readonly ConcurrentQueue<Violation> _badAnswers = new();
    private long _calls;
    private long _refused;
    private long _unreached;
    private long _unconfirmed;
    private long _longestTicks;

    /// <summary>Every answer so far.</summary>
    public IReadOnlyCollection<AnsweredScan> Answers => _answers;

    /// <summary>Calls made, repeated ones included.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls that were refused with the request to try again.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Calls whose connection was refused or broke.</summary>
    public long Unreached => Volatile.Read(ref _unreached);

    /// <summary>Scans whose answer was that there is none yet.</summary>
    public long Unconfirmed => Volatile.Read(ref _unconfirmed);

    /// <summary>The longest that a call took, whatever came of it.</summary>
    public TimeSpan LongestCall => TimeSpan.FromTicks(Volatile.Read(ref _longestTicks));

    /// <summary>A call begins.</summary>
    public void Call() => Interlocked.Increment(ref _calls);

    /// <summary>A call has ended, whatever came of it.</summary>
    public void Took(TimeSpan time)
    {
        var seen = Volatile.Read(ref _longestTicks);
        while (time.Ticks > seen && Interlocked.CompareExchange(ref _longestTicks, time.Ticks, seen) is var now && now != seen)
        {
            seen = now;
        }
    }

    /// <summary>A call was refused as an outage is told.</summary>
    public void Refuse() => Interlocked.Increment(ref _refused);

    /// <summary>The server could not be reached.</summary>
    public void Miss() => Interlocked.Increment(ref _unreached);

    /// <summary>A client got something that it cannot use, or nothing in time.</summary>
    public void Complain(string what) => _badAnswers.Enqueue(new Violation(ViolationKind.BadAnswer, what));

    /// <summary>A scan was answered; true when that is an acknowledgement.</summary>
    public bool Answer(AnsweredScan answer)
    {
        if (answer.Outcome == AnsweredScan.Unconfirmed)
        {
            Interlocked.Increment(ref _unconfirmed);
            return false;
        }

        _answers.Enqueue(answer);
        return true;
    }

    /// <summary>Everything that went wrong, compared with the log as it is after the last answer.</summary>
    public ImmutableArray<Violation> Check(IReadOnlyCollection<StoredScan> log) => [.. _badAnswers, .. HistoryChecker.Check(_answers, log)];
}
