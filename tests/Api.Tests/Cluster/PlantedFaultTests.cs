using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Histories;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>The checker of histories on a real run: it must tell what is planted in the database behind the programs.</summary>
[Collection(FaultFixture.Name)]
public sealed class PlantedFaultTests(FaultFixture fixture)
{
    private readonly ScanHistory _history = new();
    private readonly Guid _reader = Guid.NewGuid();
    private readonly Guid _certificate = Guid.NewGuid();
    private readonly string _campaign = $"planted-{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ProcessCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Check_AnAcknowledgedScanDeletedBehindTheSilos_IsTold()
    {
        await OpenAsync();
        await ScanAsync();
        var second = await ScanAsync();
        Assert.Empty(await CheckAsync());

        await Cluster.Server.ExecuteAsync($"DELETE FROM tally_event WHERE event = '{second}'", "actors");

        Assert.Equal([ViolationKind.LostWrite], await CheckAsync());
    }

    [Fact]
    public async Task Check_ACertificateForgottenBehindTheSilos_IsTold()
    {
        await OpenAsync();
        await ScanAsync();
        Assert.Empty(await CheckAsync());

        await Cluster.Server.ExecuteAsync($"DELETE FROM grain_state WHERE name = 'certificate-stay' AND key = 'certificate:{_certificate:N}'", "actors");
        await ScanAsync();

        // Told by what was answered, and by what is stored.
        Assert.Equal([ViolationKind.DoubleFirst, ViolationKind.DoubleFirst], await CheckAsync());
    }

    private async Task OpenAsync()
    {
        using var client = Cluster.Apis[0].Process.CreateClient();
        await SucceedAsync(client.PutAsJsonAsync($"/api/campaigns/{_campaign}", new { name = "Door" }, Cancel));
        await SucceedAsync(client.PostAsJsonAsync($"/qrcode/{_campaign}/save-reader/{_reader}", new { name = "Door", tally = true }, Cancel));
        await SucceedAsync(client.PostAsJsonAsync($"/qrcode/{_campaign}/save-certificate/{_certificate}", new { data = new { name = "Ada" } }, Cancel));
    }

    private async Task<Guid> ScanAsync()
    {
        using var client = Cluster.Apis[1].Process.CreateClient(admin: false);
        var scan = Guid.NewGuid();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        while (true)
        {
            using var answer = await client.PostAsJsonAsync(
                $"/pointage/?uuid={_reader}", new { events = new[] { new { certificate = _certificate, @event = scan, timestamp = now } }, now, limit = 1 }, Cancel);
            answer.EnsureSuccessStatusCode();
            var outcomes = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("data").GetProperty("outcomes");
            if (_history.Answer(new AnsweredScan(_certificate, scan, outcomes.GetProperty(scan.ToString()).GetProperty("outcome").GetString()!, IsOnline: true)))
            {
                return scan;
            }
        }
    }

    private async Task<IEnumerable<ViolationKind>> CheckAsync() =>
        _history.Check(await StoredLog.ReadAsync(Cluster.Database, _campaign, Cancel)).Select(violation => violation.Kind);

    private static async Task SucceedAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        answer.EnsureSuccessStatusCode();
    }
}
