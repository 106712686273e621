using System.Globalization;
using Actors.TestSilo;
using Orleans.Runtime;

namespace Actors.Api.Tests.Cluster;

/// <summary>Reminders while silos die and the database restarts: each is delivered at least once.</summary>
public sealed class ClusterReminderTests(AlarmFixture fixture) : IClassFixture<AlarmFixture>, IDisposable
{
    private const int Alarms = 60;
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(3);

    // A tick that an engine does not make up for comes a period later, which is a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public void Dispose() => _bound.Dispose();

    [Fact]
    public async Task Reminders_ASiloDiesBeforeTheyAreDue_AllAreDelivered()
    {
        var alarms = await SetAsync("before");

        await fixture.Silo.KillAsync();

        await AllRingAsync(alarms);
        await fixture.ReplaceAsync(_bound.Token);
    }

    [Fact]
    public async Task Reminders_ASiloDiesWhileTheyAreDelivered_AllAreDeliveredOnceTheirClaimsExpire()
    {
        var alarms = await SetAsync("while");

        while (await RungAsync(alarms) == 0)
        {
            await Task.Delay(Pause, TimeProvider.System, _bound.Token);
        }

        await fixture.Silo.KillAsync();
        await fixture.Server.ExecuteAsync("UPDATE reminder SET attempt_at = due_at WHERE attempt_at > due_at", "alarms");

        await AllRingAsync(alarms);
        await fixture.ReplaceAsync(_bound.Token);
    }

    [Fact]
    public async Task Reminders_DueWhileTheDatabaseIsAway_AreDeliveredAfterwards()
    {
        var alarms = await SetAsync("away");

        await fixture.Server.StopAsync();
        await Task.Delay(Due, TimeProvider.System, _bound.Token);
        await fixture.Server.StartAgainAsync();

        await AllRingAsync(alarms);
    }

    private async Task<IAlarmGrain[]> SetAsync(string name)
    {
        _bound.CancelAfter(Patience);
        var alarms = Enumerable.Range(0, Alarms)
            .Select(i => fixture.Grains.GetGrain<IAlarmGrain>(string.Create(CultureInfo.InvariantCulture, $"alarm:{name}:{i}"))).ToArray();
        await Task.WhenAll(alarms.Select(alarm => alarm.SetAsync(Due)));
        return alarms;
    }

    private async Task AllRingAsync(IAlarmGrain[] alarms)
    {
        while (await RungAsync(alarms) < alarms.Length)
        {
            await Task.Delay(Pause, TimeProvider.System, _bound.Token);
        }
    }

    private static async Task<int> RungAsync(IAlarmGrain[] alarms) =>
        (await Task.WhenAll(alarms.Select(HasRungAsync))).Count(static rang => rang);

    // A silo that is away at the moment says nothing of its alarms.
    private static async Task<bool> HasRungAsync(IAlarmGrain alarm)
    {
        try
        {
            return await alarm.RingsAsync() > 0;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or IOException)
        {
            return false;
        }
    }
}
