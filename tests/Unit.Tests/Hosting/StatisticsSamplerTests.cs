using Actors.Silo.Hosting.Statistics;
using Actors.TestKit.Time;

namespace Actors.Unit.Tests.Hosting;

public sealed class StatisticsSamplerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Counts _counts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_CallsBetweenTwo_AreDividedByTheTimeBetween()
    {
        var sampler = new StatisticsSampler(_counts, _time);
        _counts.Grains = [new("reader", 3, 100)];
        _time.Advance(TimeSpan.FromSeconds(2));
        var first = await sampler.SampleAsync(Cancel);

        _counts.Grains = [new("reader", 4, 160)];
        _time.Advance(TimeSpan.FromSeconds(3));
        var second = await sampler.SampleAsync(Cancel);

        Assert.Equal([new GrainStatistics("reader", 3, 50)], first.Grains);
        Assert.Equal([new GrainStatistics("reader", 4, 20)], second.Grains);
        Assert.Same(second, sampler.Latest);
    }

    [Fact]
    public async Task Sample_TypesNeverUsed_AreLeftOutAndTheOthersInOrder()
    {
        var sampler = new StatisticsSampler(_counts, _time);
        _counts.Grains = [new("reader", 1, 0), new("meeting", 0, 0), new("campaign", 0, 7)];

        var sample = await sampler.SampleAsync(Cancel);

        Assert.Equal(["campaign", "reader"], sample.Grains.Select(grain => grain.Type));
    }

    private sealed class Counts : ISiloCounts
    {
        public IReadOnlyList<GrainCount> Grains { get; set; } = [];

        public SiloLife? Self => null;

        public ValueTask<IReadOnlyList<GrainCount>> ReadAsync(CancellationToken cancellationToken) => new(Grains);
    }
}
