using System.Diagnostics.Metrics;

namespace Actors.Tallying;

/// <summary>What tallying measures.</summary>
public sealed class TallyingInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Actors.Tallying";

    private readonly Meter _meter;
    private readonly Counter<long> _scans;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _pushes;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _full;
    private readonly Histogram<int> _syncSize;

    /// <summary>Makes the instruments.</summary>
    public TallyingInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _scans = _meter.CreateCounter<long>("actors.tallying.scans", "{scan}", "Scans answered, by outcome.");
        _conflicts = _meter.CreateCounter<long>("actors.tallying.conflicts", "{scan}", "Scans that met another one made offline.");
        _pushes = _meter.CreateCounter<long>("actors.tallying.pushes", "{page}", "Pages of events pushed to readers.");
        _gaps = _meter.CreateCounter<long>("actors.tallying.feed.gaps", "{gap}", "Gaps in a campaign's feed that were read from the log.");
        _full = _meter.CreateCounter<long>("actors.tallying.full", "{time}", "How often a campaign reached its capacity.");
        _syncSize = _meter.CreateHistogram<int>("actors.tallying.sync.size", "{scan}", "Scans in one synchronisation.");
    }

    internal void Scanned(ScanOutcome outcome) => _scans.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Conflicted(int count) => _conflicts.Add(count);

    internal void Pushed() => _pushes.Add(1);

    internal void ReachedCapacity() => _full.Add(1);

    internal void GapRead() => _gaps.Add(1);

    internal void Synced(int count) => _syncSize.Record(count);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
