using Actors.Tallying;

namespace Actors.Unit.Tests.Tallying;

public sealed class TallyingOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreAllowed() => Assert.True(Validate(_ => { }));

    [Fact]
    public void Validate_BeyondABound_IsRefused()
    {
        Assert.False(Validate(o => o.FanOut = 0));
        Assert.False(Validate(o => o.PushPageSize = 1_001));
        Assert.False(Validate(o => o.FeedCapacity = 0));
        Assert.False(Validate(o => o.MaxFeeds = 0));
        Assert.False(Validate(o => o.CallTimeout = TimeSpan.Zero));
        Assert.False(Validate(o => o.RetryInterval = TimeSpan.Zero));
        Assert.False(Validate(o => o.SweepInterval = TimeSpan.Zero));
        Assert.False(Validate(o => o.PushInterval = TimeSpan.FromMinutes(1)));
        Assert.False(Validate(o => o.SyncSpan = TimeSpan.FromDays(2)));
        Assert.False(Validate(o => o.LateAfter = TimeSpan.FromDays(1)));
        Assert.False(Validate(o => o.RecentWindow = TimeSpan.Zero));
    }

    private static bool Validate(Action<TallyingOptions> change)
    {
        var options = new TallyingOptions();
        change(options);
        return new TallyingOptionsValidator().Validate(name: null, options).Succeeded;
    }
}
