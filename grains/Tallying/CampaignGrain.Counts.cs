using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Tallying;

/// <summary>The campaign's counts: folded from the log when somebody asks, stored now and then.</summary>
internal sealed partial class CampaignGrain
{
    private Task? _counting;
    private IGrainTimer? _storing;
    private bool _wasFull;

    public async Task<CampaignStatistics?> GetStatisticsAsync()
    {
        if (_current is null)
        {
            return null;
        }

        await CountAsync();
        return _tally.Describe(_current.Capacity, _time.GetUtcNow());
    }

    public async Task<CampaignCounters?> GetCountersAsync()
    {
        if (_current is null)
        {
            return null;
        }

        await CountAsync();
        var counters = _tally.Counters(_current.Capacity, _time.GetUtcNow());
        if (counters.IsFull && !_wasFull)
        {
            _instruments.ReachedCapacity();
            LogFull(Slug, counters.Inside, counters.Capacity!.Value);
        }

        _wasFull = counters.IsFull;
        return counters;
    }

    /// <summary>One count at a time serves all who ask meanwhile; who asks later gets a later one.</summary>
    private async Task CountAsync()
    {
        if (_counting is { IsCompleted: false } running)
        {
            // it may have passed the place of the newest event already
            await running;
        }

        if (_counting is null or { IsCompleted: true })
        {
            _counting = _tally.CatchUpAsync(_tallyLog, Slug);
        }

        await _counting;
        if (_tally.Cursor != _counts.State.Cursor)
        {
            _storing ??= this.RegisterGrainTimer(StoreCountsAsync, _options.CountsInterval, _options.CountsInterval);
        }
    }

    private async Task StoreCountsAsync()
    {
        if (_tally.Cursor == _counts.State.Cursor)
        {
            _storing?.Dispose();
            _storing = null;
            return;
        }

        await this.StoreAsync(_counts, _tally.ToState());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign} is full: {Inside} are inside, {Capacity} may be.")]
    private partial void LogFull(string campaign, long inside, int capacity);
}
