namespace Actors.Silo.Hosting.Statistics;

/// <summary>The overview of a process that holds all grains itself.</summary>
internal sealed class LocalOverview(StatisticsSampler sampler) : IClusterOverview
{
    private const string Name = "local";

    public async ValueTask<ClusterOverview> ReadAsync(CancellationToken cancellationToken)
    {
        var statistics = sampler.Latest ?? await sampler.SampleAsync(cancellationToken);
        return new ClusterOverview(
            null, 0, [new SiloOverview(Name, "0", null, "active", null, null, null, statistics, null)]);
    }
}
