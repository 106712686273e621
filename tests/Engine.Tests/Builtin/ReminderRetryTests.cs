using Actors.Engine.Tests.Conformance;
using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Builtin;

/// <summary>What the built-in engine promises beyond Orleans: a due time is not over before its tick has succeeded.</summary>
public sealed class ReminderRetryTests : ClusterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Reminder_TickFails_IsTriedAgain()
    {
        await Grains.GetGrain<IRemindedGrain>("m1").StartAsync("failing", Minute, 60 * Minute);

        Cluster.Clock.Advance(Minute);
        await Gates["reminder:failing"].EnteredBy(1);
        Cluster.Clock.Advance(2 * Minute);
        await Gates["reminder:failing"].EnteredBy(2);
    }
}
