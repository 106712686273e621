using Actors.Silo.Telemetry;

namespace Actors.Silo.Hosting.Statistics;

/// <summary>Makes rates of counts: what happened between one sample and the next.</summary>
internal sealed class StatisticsSampler(ISiloCounts counts, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private Dictionary<string, long> _calls = new(StringComparer.Ordinal);
    private long _sampledAt = time.GetTimestamp();

    /// <summary>The newest sample; null before the first.</summary>
    public SiloStatistics? Latest { get; private set; }

    public async ValueTask<SiloStatistics> SampleAsync(CancellationToken cancellationToken)
    {
        var read = await counts.ReadAsync(cancellationToken);
        var now = time.GetTimestamp();
        var seconds = Math.Max(time.GetElapsedTime(_sampledAt, now).TotalSeconds, 0.001);
        Latest = new SiloStatistics(ProgramVersion.Text, _startedAt, Environment.WorkingSet, [.. read
            .Where(count => count.Activations > 0 || count.Calls > 0)
            .OrderBy(count => count.Type, StringComparer.Ordinal)
            .Select(count => new GrainStatistics(count.Type, count.Activations, (count.Calls - _calls.GetValueOrDefault(count.Type)) / seconds))]);
        _calls = read.ToDictionary(count => count.Type, count => count.Calls, StringComparer.Ordinal);
        _sampledAt = now;
        return Latest;
    }
}
