using System.Globalization;
using Actors.TestKit.Postgres;
using Actors.TestKit.Processes;
using Actors.TestSilo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Actors.Api.Tests.Hosting;

/// <summary>Reminders while silos die and the database restarts: each is delivered at least once.</summary>
[Collection(FaultFixture.Name)]
public sealed class ClusterReminderTests : IAsyncLifetime
{
    private const string Database = "alarms";
    private const int Silos = 3;
    private const int Alarms = 60;
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private PostgresServer _server = null!;
    private SiloProcess[] _silos = [];
    private IHost _client = null!;

    public async ValueTask InitializeAsync()
    {
        _bound.CancelAfter(Patience);
        _server = await PostgresServer.StartAsync();
        var database = await _server.CreateDatabaseAsync(Database);
        _silos = await Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => SiloProcess.StartProgramAsync("Actors.TestSilo", database, _bound.Token)));
        _client = AlarmHost.Build(["--ConnectionStrings:Actors", database, "--Logging:LogLevel:Default", "Error"], holdsGrains: false);
        await _client.StartAsync(_bound.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        await ((IAsyncDisposable)_client).DisposeAsync();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await _server.DisposeAsync();
        _bound.Dispose();
    }

    [Fact]
    public async Task Reminders_ASiloDiesBeforeTheyAreDue_AllAreDelivered()
    {
        var alarms = await SetAsync();

        await _silos[0].KillAsync();

        await AllRingAsync(alarms);
    }

    [Fact]
    public async Task Reminders_ASiloDiesWhileTheyAreDelivered_AllAreDeliveredOnceTheirClaimsExpire()
    {
        var alarms = await SetAsync();

        while (await RungAsync(alarms) == 0)
        {
            await Task.Delay(Pause, TimeProvider.System, _bound.Token);
        }

        await _silos[0].KillAsync();
        await _server.ExecuteAsync("UPDATE reminder SET attempt_at = due_at WHERE attempt_at > due_at", Database);

        await AllRingAsync(alarms);
    }

    [Fact]
    public async Task Reminders_DueWhileTheDatabaseIsAway_AreDeliveredAfterwards()
    {
        var alarms = await SetAsync();

        await _server.StopAsync();
        await Task.Delay(Due, TimeProvider.System, _bound.Token);
        await _server.StartAgainAsync();

        await AllRingAsync(alarms);
    }

    private async Task<IAlarmGrain[]> SetAsync()
    {
        var grains = _client.Services.GetRequiredService<IGrainFactory>();
        var alarms = Enumerable.Range(0, Alarms).Select(i => grains.GetGrain<IAlarmGrain>(string.Create(CultureInfo.InvariantCulture, $"alarm:{i}"))).ToArray();
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
