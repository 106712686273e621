using System.Collections.Immutable;
using Actors.Tallying.Counters;
using Actors.Tallying.Feed;
using Actors.Tallying.Gossip;
using Actors.Tallying.Readers;
using Actors.Tallying.Scans;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Utilities;

namespace Actors.Tallying;

/// <inheritdoc cref="IReaderGrain"/>
internal sealed partial class ReaderGrain : Grain, IReaderGrain
{
    private readonly IPersistentState<ReaderState> _state;
    private readonly ITallyLog _tallyLog;
    private readonly CampaignFeeds _feeds;
    private readonly CounterBoard _board;
    private readonly GossipHomes _homes;
    private readonly TimeProvider _time;
    private readonly TallyingOptions _options;
    private readonly TallyingInstruments _instruments;
    private readonly ILogger<ReaderGrain> _log;
    private readonly CertificateDesk _desk;
    private readonly UndoTargets _undoTargets;
    private readonly ObserverManager<IReaderObserver> _observers;

    private Guid _id;

    /// <summary>What is known to be stored: interleaved calls never see a write that is under way.</summary>
    private ReaderInfo? _reader;
    private SyncFloor _floor;
    private long _sequence;

    public ReaderGrain(
        [PersistentState("reader")] IPersistentState<ReaderState> state,
        IGrainFactory grains,
        ITallyLog tallyLog,
        CampaignFeeds feeds,
        CounterBoard board,
        GossipHomes homes,
        TimeProvider time,
        IOptions<TallyingOptions> options,
        TallyingInstruments instruments,
        ILogger<ReaderGrain> log)
    {
        _state = state;
        _tallyLog = tallyLog;
        _feeds = feeds;
        _board = board;
        _homes = homes;
        _time = time;
        _options = options.Value;
        _instruments = instruments;
        _log = log;
        _desk = new CertificateDesk(grains, time, _options, log);
        _undoTargets = new UndoTargets(tallyLog, log);
        _floor = new SyncFloor(last: null, _options.SyncSpan);
        _observers = new ObserverManager<IReaderObserver>(ObserverLifetime, log)
        {
            GetDateTime = () => _time.GetUtcNow().UtcDateTime,
        };
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = ReaderKey.Parse(this.GetPrimaryKeyString()).Id;
        if (!_state.RecordExists)
        {
            return;
        }

        _reader = _state.State.Describe(_id);
        await RestoreAsync(cancellationToken);
        JoinGossip(_reader);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        LeaveGossip();
        return Task.CompletedTask;
    }

    public Task<ReaderInfo?> GetAsync() => Task.FromResult(_reader);

    public async Task<SaveReaderOutcome> SaveAsync(SaveReader command)
    {
        if (_reader is { } known && known.Campaign != command.Campaign)
        {
            return new(SaveReaderStatus.OtherCampaign, Reader: null);
        }

        if (_reader is null && await GrainFactory.GetCampaignGrain(new CampaignKey(command.Campaign)).GetAsync() is null)
        {
            return new(SaveReaderStatus.UnknownCampaign, Reader: null);
        }

        var next = ReaderState.From(command);
        await this.StoreAsync(_state, next);
        _reader = next.Describe(_id);
        JoinGossip(_reader);
        await _observers.Notify(observer => observer.OnConfigurationChangedAsync());
        return new(SaveReaderStatus.Saved, _reader);
    }

    public async Task<SyncOutcome> SyncAsync(SyncScans command)
    {
        if (command.Events.Length > ReaderRules.MaxScans)
        {
            throw new ArgumentException($"More than {ReaderRules.MaxScans} scans in one call.", nameof(command));
        }

        var now = TimeCorrection.ToMicroseconds(_time.GetUtcNow());
        var status = ReaderRules.MayTally(_reader, now);
        if (status != ReaderStatus.Usable)
        {
            return new(status, []);
        }

        _instruments.Synced(command.Events.Length);
        _gossip?.Contacted(_reader!.Name);
        var rows = await AppendAsync(_reader!, command, now);
        var results = await DecideAsync(_reader!, rows);
        return new(ReaderStatus.Usable, [.. command.Events.Select(scan => results[scan.EventId])], _board.Of(_reader!.Campaign));
    }

    private async Task<ImmutableArray<LoggedScan>> AppendAsync(ReaderInfo reader, SyncScans command, DateTimeOffset now)
    {
        if (!_isRestored)
        {
            if (command.Events.IsEmpty)
            {
                return [];
            }

            await ReadHeadAsync(CancellationToken.None);
        }

        var lastSync = _floor.Begin(now);
        var offset = TimeCorrection.Offset(now, command.ReaderNow);
        var stored = ImmutableArray<LoggedScan>.Empty;
        if (!command.Events.IsEmpty)
        {
            var rows = command.Events
                .DistinctBy(scan => scan.EventId)
                .Select((scan, i) => ScanRows.Of(reader, _sequence + 1 + i, scan, now, offset, lastSync))
                .ToImmutableArray();
            await this.OrDeactivateAsync(async () => stored = await StoreAsync(rows));
            _sequence = stored.Where(row => row.ReaderId == _id).Select(row => row.Sequence).Append(_sequence).Max();
        }

        _floor.End(now, command.More);
        return stored;
    }

    private async Task<ImmutableArray<LoggedScan>> StoreAsync(ImmutableArray<LoggedScan> rows)
    {
        try
        {
            return await _tallyLog.AppendAsync(rows, CancellationToken.None);
        }
        catch (InvalidOperationException taken)
        {
            throw new InconsistentStateException("Another activation of this reader wrote its log.", taken);
        }
    }

    /// <summary>Decides what is undecided among rows, records it, and tells whoever has to know; one answer per row.</summary>
    private async Task<Dictionary<Guid, ScanResult>> DecideAsync(ReaderInfo reader, ImmutableArray<LoggedScan> rows)
    {
        // another reader's undecided row is that reader's to decide; a known duplicate asks only who was first
        var asked = rows.Where(row => row.ReaderId == _id
            ? row.Outcome is ScanOutcome.Unconfirmed or ScanOutcome.Duplicate
            : row.Outcome is ScanOutcome.Duplicate).ToList();
        var answered = new Dictionary<Guid, ScanDecision>();
        var decisions = await _desk.AskAsync(await _undoTargets.SortAsync(asked, answered));
        foreach (var (eventId, answer) in answered)
        {
            decisions[eventId] = answer;
        }

        var decided = asked
            .Where(row => row.Outcome == ScanOutcome.Unconfirmed && decisions.ContainsKey(row.EventId))
            .Select(row => new DecidedScan(row with { Outcome = decisions[row.EventId].Outcome }, decisions[row.EventId].Displaced?.EventId))
            .Concat(rows.Where(row => row.ReaderId == _id && row.Type == TallyEventType.Refused).Select(row => new DecidedScan(row, Displaced: null)))
            .ToImmutableArray();
        if (!decided.IsEmpty)
        {
            await RecordAsync(reader.Campaign, decided);
            TellConflicts(Conflicts.Among(decided, decisions, _options.LateAfter));
        }

        if (asked.Exists(row => row.Outcome == ScanOutcome.Unconfirmed && !decisions.ContainsKey(row.EventId)))
        {
            OfferAgainAfter(_options.RetryInterval);
        }

        return rows.ToDictionary(row => row.EventId, row => Answer(row, decisions.GetValueOrDefault(row.EventId)));
    }

    private async Task RecordAsync(string campaign, ImmutableArray<DecidedScan> decided)
    {
        PlacedScans? placed = null;
        await this.OrDeactivateAsync(async () => placed = await _tallyLog.DecideAsync(campaign, decided, CancellationToken.None));
        _feeds.Publish(campaign, placed!);
        _board.Refresh(campaign);
        _gossip?.Publish(placed!);
    }

    /// <summary>The recorded outcome wins; what was just decided comes second; what nobody decided is not confirmed.</summary>
    private ScanResult Answer(LoggedScan row, ScanDecision? decision)
    {
        var outcome = row.Outcome != ScanOutcome.Unconfirmed ? row.Outcome : decision?.Outcome ?? ScanOutcome.Unconfirmed;
        _instruments.Scanned(outcome);
        return new ScanResult(row.EventId, outcome, decision?.First ?? (outcome == ScanOutcome.Unconfirmed ? _gossip?.FirstOf(row.CertificateId) : null));
    }
}
