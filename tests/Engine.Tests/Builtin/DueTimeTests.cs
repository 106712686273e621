using Actors.Engine.Tests.Conformance;
using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Builtin;

/// <summary>What the built-in engine promises beyond Orleans: a due time is not over before a tick has succeeded.</summary>
public sealed class DueTimeTests : ClusterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // How far the clock moves so that the engine looks for due reminders.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private IRemindedGrain Grain => Grains.GetGrain<IRemindedGrain>("m1");

    [Fact]
    public async Task Reminder_TickFails_IsTriedAgain()
    {
        await Grain.StartAsync("failing", Minute, 60 * Minute);

        Cluster.Clock.Advance(Minute);
        await Gates["reminder:failing"].EnteredBy(1);
        Cluster.Clock.Advance(2 * Minute);
        await Gates["reminder:failing"].EnteredBy(2);
    }

    [Fact]
    public async Task Reminder_ManyPeriodsMissed_IsCaughtUpByOneTick()
    {
        await Grain.StartAsync("tea", 5 * Minute, 10 * Minute);
        await Cluster.StopAsync();
        Cluster.Clock.Advance(54 * Minute);
        await Cluster.StartAgainAsync();

        Cluster.Clock.Advance(Look);
        await Gates["reminder:tea"].EnteredBy(1);
        await Cluster.ReminderSettledAsync(Grain, "tea");
        Cluster.Clock.Advance(Minute - Look);
        await Gates["reminder:tea"].EnteredBy(2);
        Assert.Equal(2, Gates["reminder:tea"].Count);
    }
}
