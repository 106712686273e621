using System.Net.Http.Json;
using Actors.TestKit.Hubs;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>Connected pages while the silo that knows of them dies, or another server.</summary>
[Collection(FaultFixture.Name)]
public sealed class ClusterHubTests(FaultFixture fixture)
{
    // Enough that each silo holds the grains of some.
    private const int Pages = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private readonly string _campaign = $"pages-{Guid.NewGuid():N}";

    private ProcessCluster Cluster => fixture.Cluster;

    private ApiProcess Connected => Cluster.Apis[1].Process;

    [Fact]
    public async Task Pages_TheSiloOfTheirReadersDies_AreToldByTheNextOne()
    {
        using var bound = Bound();
        var pages = await OpenAsync(bound.Token);

        await Cluster.Silos[1].Process.KillAsync();
        await AreToldAsync(pages, Connected, "after the silo", bound.Token);
        await Cluster.Silos[1].StartAsync(bound.Token);
        await AreToldAsync(pages, Connected, "after its return", bound.Token);

        await CloseAsync(pages);
        await Cluster.UntilWholeAsync(bound.Token);
    }

    [Fact]
    public async Task Pages_AnotherServerDies_AreToldStill()
    {
        using var bound = Bound();
        var pages = await OpenAsync(bound.Token);

        await Cluster.Apis[0].Process.KillAsync();
        await AreToldAsync(pages, Connected, "after the server", bound.Token);
        await Cluster.Apis[0].StartAsync(bound.Token);
        await AreToldAsync(pages, Cluster.Apis[0].Process, "by the server", bound.Token);

        await CloseAsync(pages);
        await Cluster.UntilWholeAsync(bound.Token);
    }

    private static CancellationTokenSource Bound()
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        return bound;
    }

    private async Task<List<(Guid Reader, HubClient Page)>> OpenAsync(CancellationToken cancellationToken)
    {
        using var client = Connected.CreateClient();
        using var made = await client.PutAsJsonAsync($"/api/campaigns/{_campaign}", new { name = "Door" }, cancellationToken);
        made.EnsureSuccessStatusCode();
        var pages = new List<(Guid, HubClient)>();
        for (var i = 0; i < Pages; i++)
        {
            var reader = Guid.NewGuid();
            await RenameAsync(client, reader, "new", cancellationToken);
            pages.Add((reader, await HubClient.ConnectAsync(new Uri(Connected.BaseAddress, $"/hubs/readers?reader={reader}"), cancellationToken)));
        }

        await AreToldAsync(pages, Connected, "before", cancellationToken);
        return pages;
    }

    // Each reader is given another name, until its page has heard of one.
    private async Task AreToldAsync(List<(Guid Reader, HubClient Page)> pages, ApiProcess by, string name, CancellationToken cancellationToken)
    {
        using var client = by.CreateClient();
        await Task.WhenAll(pages.Select(async page =>
        {
            var heard = HearsAsync(page.Page, name, cancellationToken);
            for (var i = 0; !heard.IsCompleted; i++)
            {
                await RenameAsync(client, page.Reader, $"{name} {i}", cancellationToken);
                await Task.WhenAny(heard, Task.Delay(BetweenTries, TimeProvider.System, cancellationToken));
            }

            await heard;
        }));
    }

    private static async Task HearsAsync(HubClient page, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var heard = await page.Events.ReadAsync(cancellationToken);
            if (heard.Arguments.Any(argument => argument.ToString().Contains(name, StringComparison.Ordinal)))
            {
                return;
            }
        }
    }

    private async Task RenameAsync(HttpClient client, Guid reader, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var saved = await client.PostAsJsonAsync($"/qrcode/{_campaign}/save-reader/{reader}", new { name, tally = true }, cancellationToken);
            if (saved.IsSuccessStatusCode)
            {
                return;
            }

            // As the caller is told to: the name is the same, and so is what is asked.
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, saved.StatusCode);
            await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task CloseAsync(List<(Guid Reader, HubClient Page)> pages)
    {
        foreach (var (_, page) in pages)
        {
            await page.DisposeAsync();
        }
    }
}
