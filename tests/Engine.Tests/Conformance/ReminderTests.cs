using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Conformance;

public sealed class ReminderTests : ClusterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Uneven: at no such time does an engine's own timer fire, which would be taken for the reminder's.
    private static readonly TimeSpan FirstDue = TimeSpan.FromSeconds(317);

    private IRemindedGrain Grain => Grains.GetGrain<IRemindedGrain>("m1");

    [Fact]
    public async Task Reminder_Due_RemindsOncePerPeriod()
    {
        await Grain.StartAsync("tea", FirstDue, 10 * Minute);

        await Cluster.ReminderSettledAsync(Grain, "tea");
        Cluster.Clock.Advance(4 * Minute);
        Assert.Equal(0, Gates["reminder:tea"].Count);

        await ReachAsync("tea", FirstDue - (4 * Minute), 1);
        await ReachAsync("tea", 10 * Minute, 2);
        Assert.Equal(2, Gates["reminder:tea"].Count);
    }

    [Fact]
    public async Task Reminder_GrainNotInMemory_ActivatesIt()
    {
        await Grain.StartAsync("tea", FirstDue, 60 * Minute);
        await Cluster.DeactivateAllAsync();

        await ReachAsync("tea", FirstDue, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reminder_ProcessRestarted_IsStillThere(bool orderly)
    {
        await Grain.StartAsync("tea", FirstDue, 10 * Minute);

        await Cluster.RestartAsync(orderly);

        Assert.Equal("tea", await Grain.NamesAsync());
        await ReachAsync("tea", FirstDue, 1);
    }

    [Fact]
    public async Task Reminder_ManyPeriodsMissed_RemindsOnAtItsOwnTimes()
    {
        await Grain.StartAsync("tea", FirstDue, 10 * Minute);
        // The clock moves while the process is down: nothing runs that could tick.
        await Cluster.StopAsync();
        Cluster.Clock.Advance(54 * Minute);
        await Cluster.StartAgainAsync();

        await ReachAsync("tea", FirstDue - (4 * Minute), 1);
    }

    [Fact]
    public async Task Reminder_Unregistered_RemindsNoMore()
    {
        await Grain.StartAsync("tea", FirstDue, 10 * Minute);
        await Grain.StartAsync("other", FirstDue, 10 * Minute);
        await Grain.StopAsync("tea");

        await ReachAsync("other", FirstDue, 1);

        Assert.Equal("other", await Grain.NamesAsync());
        Assert.Equal(0, Gates["reminder:tea"].Count);
    }

    [Fact]
    public async Task Reminder_PeriodUnderAMinute_IsRefused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Grain.StartAsync("tea", Minute, Minute / 2));

    /// <summary>
    /// Moves to when a tick is due and no further, once the engine waits for it: time that passes while a tick is under
    /// way would end it, and time that passes before Orleans has set its timer would skip it.
    /// </summary>
    private async Task ReachAsync(string name, TimeSpan time, int count)
    {
        await Cluster.ReminderSettledAsync(Grain, name);
        Cluster.Clock.Advance(time);
        await Gates[$"reminder:{name}"].EnteredBy(count);
    }
}
