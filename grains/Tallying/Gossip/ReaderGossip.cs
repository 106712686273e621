using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Tallying.Gossip;

/// <summary>
/// Runs the gossip of one reader grain: carries its messages, without holding a turn, and sets its timer. Everything here
/// runs in turns of the grain.
/// </summary>
internal sealed partial class ReaderGossip
{
    private const int LogPageSize = 1_000;
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan RecentPast = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(1);

    private readonly CampaignHome _home;
    private readonly GossipHomes _homes;
    private readonly IGrainFactory _grains;
    private readonly Action<TimeSpan> _wakeAfter;
    private readonly GossipNode _node;
    private readonly ILogger _log;
    private TimeSpan _armed = TimeSpan.MaxValue;
    private bool _isGone;

    public ReaderGossip(Guid self, string campaign, GossipHomes homes, IGrainFactory grains, Action<TimeSpan> wakeAfter)
    {
        _homes = homes;
        _home = homes.Of(campaign);
        _grains = grains;
        _wakeAfter = wakeAfter;
        _log = homes.Log;
        _node = new GossipNode(self, _home.Gossip, new Random());
        _home.Gossip.Enter(self, homes.Now);
        _home.ReadersChanged(homes.Now);
        _node.Tend();
        Tend();
    }

    /// <summary>The scan that counts as the first of a certificate, as far as is known here: a hint, never a decision.</summary>
    public FirstScan? FirstOf(Guid certificate) =>
        _home.Gossip.Use(store => store.FirstOf(certificate)) is { } first
            ? new FirstScan(first.EventId, first.ReaderId, first.ReaderName, first.Time)
            : null;

    /// <summary>Tells what this reader's own log says.</summary>
    public void Publish(PlacedScans placed)
    {
        _node.Publish(GossipRecords.Of(placed.After, placed.Events), _homes.Now);
        Tend();
    }

    /// <summary>A page of this reader was heard of.</summary>
    public void Contacted(string name) => _home.Contacted(new ReaderContact(_node.Self, name, _homes.Time.GetUtcNow()));

    /// <summary>Takes a message; nothing is waited for.</summary>
    public GossipAnswer Receive(GossipMessage message)
    {
        var answer = _node.Receive(message, _homes.Now, out var learned);
        Learned(learned);
        Tend();
        return answer;
    }

    /// <summary>Takes part no more.</summary>
    public void Leave()
    {
        if (_isGone)
        {
            return;
        }

        _isGone = true;
        _home.Gossip.Leave(_node.Self);
        _home.ReadersChanged(_homes.Now);
        if (_home.Gossip.Readers is [var next, ..])
        {
            // somebody has to look after the process's duties; an empty message makes him see to them
            _ = SayAsync(next, new GossipMessage(_node.Self, _home.Gossip.Id, [], [], []));
        }
        else if (_home.TryBeginReport(TimeSpan.MaxValue - _homes.Options.ReportPeriod) is { } report)
        {
            _ = ReportAsync(report);
        }
    }

    /// <summary>Does what is due, and sees to be woken for what is not.</summary>
    public void Tend()
    {
        if (_isGone)
        {
            return;
        }

        var now = _homes.Now;
        foreach (var (peer, message) in _node.Poll(now))
        {
            _ = SendAsync(peer, message);
        }

        if (_node.IsTending)
        {
            SeeToDuties(now);
        }

        Arm(now);
    }

    /// <summary>The timer fired.</summary>
    public void Wake()
    {
        _armed = TimeSpan.MaxValue;
        Tend();
    }

    private void SeeToDuties(TimeSpan now)
    {
        if (_home.TryBeginReport(now) is { } report)
        {
            _home.Gossip.Expire(_homes.Time.GetUtcNow());
            _ = ReportAsync(report);
        }

        if (_home.TryBeginLog(now, _homes.Time.GetUtcNow()) is { } since)
        {
            _ = ReadLogAsync(since);
        }
    }

    private void Arm(TimeSpan now)
    {
        var due = _node.Due ?? TimeSpan.MaxValue;
        if (_node.IsTending && _home.Due < due)
        {
            due = _home.Due;
        }

        if (due == _armed)
        {
            return;
        }

        _armed = due;
        var wait = due - now;
        _wakeAfter(due == TimeSpan.MaxValue ? Never : wait > Soonest ? wait : Soonest);
    }

    private async Task SendAsync(Guid peer, GossipMessage message)
    {
        _homes.Instruments.Sent(message);
        GossipAnswer? answer = null;
        try
        {
            answer = await SayAsync(peer, message).WaitAsync(_homes.Options.CallTimeout, _homes.Time);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // whatever it was: others are told, and it catches up when it answers again
            LogUnanswered(e, new Masked(peer));
        }

        var now = _homes.Now;
        if (answer is null)
        {
            _homes.Instruments.Failed();
            _node.Failed(peer, message, now);
            _home.Suspect(now, _homes.Time.GetUtcNow());
        }
        else
        {
            _homes.Instruments.Answered(answer);
            _node.Answered(peer, message, answer, now, out var learned);
            Learned(learned);
        }

        Tend();
    }

    private Task<GossipAnswer?> SayAsync(Guid peer, GossipMessage message) =>
        _grains.GetReaderGrain(new ReaderKey(peer)).GossipAsync(message);

    private async Task ReportAsync(ReaderReport report)
    {
        ReaderDirectory? directory = null;
        try
        {
            directory = await _grains.GetReaderDirectoryGrain(new CampaignKey(_home.Campaign)).ReportAsync(report)
                .WaitAsync(_homes.Options.CallTimeout, _homes.Time);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // those known so far stay known; who leaves is forgotten after a while without having said so
            if (!_isGone)
            {
                LogUnreported(e, _home.Campaign);
            }
        }

        _home.EndReport(directory, _homes.Now, _homes.Time.GetUtcNow());
        Tend();
    }

    /// <summary>Reads what a reader may have seen that told nobody: after the start of this process, or the end of another.</summary>
    private async Task ReadLogAsync(DateTimeOffset since)
    {
        DateTimeOffset? upTo = null;
        try
        {
            var cursor = _home.Gossip.Use(store => store.LogStart(EventWindow.PositionOf(since)));
            var (begun, read) = (_homes.Time.GetUtcNow(), 0);

            // the pages of a process that starts ask by their cursors
            var recent = begun - RecentPast;
            bool more;
            do
            {
                var page = await _homes.TallyLog.ReadAsync(_home.Campaign, cursor, LogPageSize, CancellationToken.None);
                (var records, cursor) = GossipRecords.OfPage(page);
                var learned = _home.Gossip.Merge(records, _home.Gossip.Id, _homes.Now);
                _homes.Instruments.LearnedFromLog(learned.Length);
                _homes.Publish(_home.Campaign, [.. learned.Where(record => record.Events[0].ReceivedAt >= recent)]);
                (more, read) = (page.More, read + page.Events.Length);
            }
            while (more && read < _homes.Options.MaxRecords);

            if (!more)
            {
                _homes.Place(_home.Campaign, cursor);
            }

            upTo = begun;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // peers tell it meanwhile
            LogUnread(e, _home.Campaign);
        }

        _home.EndLog(upTo, _homes.Now);
        Tend();
    }

    private void Learned(ImmutableArray<GossipRecord> learned)
    {
        if (!learned.IsEmpty)
        {
            _homes.Instruments.LearnedFromPeers(learned, _homes.Time.GetUtcNow());
            _homes.Publish(_home.Campaign, learned);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Reader {Peer} did not answer; it is skipped for a while.")]
    private partial void LogUnanswered(Exception error, Masked peer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory of readers of campaign {Campaign} did not answer; the readers known so far gossip on.")]
    private partial void LogUnreported(Exception error, string campaign);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of campaign {Campaign} could not be read; its readers learn from each other meanwhile.")]
    private partial void LogUnread(Exception error, string campaign);
}
