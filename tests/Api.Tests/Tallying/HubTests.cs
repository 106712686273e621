using System.Net;
using System.Text.Json;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>The readers hub.</summary>
public sealed class HubTests(TallyApi api) : IClassFixture<TallyApi>
{
    [Fact]
    public async Task Scan_OfOnePage_IsAnsweredAndPushedToTheOther()
    {
        using var campaign = await api.NewCampaignAsync();
        var certificate = await campaign.NewCertificateAsync();
        var (north, south) = (await campaign.NewReaderAsync(new { name = "North", enable_tallying = true }), await campaign.NewReaderAsync(new { name = "South", enable_tallying = true }));
        await using var pageNorth = await HubClient.ConnectAsync(api, north);
        await using var pageSouth = await HubClient.ConnectAsync(api, south);
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        var (seen, _) = await pageNorth.CallAsync("Scan", new { certificate, @event = first, timestamp = TallyCampaign.Now, now = TallyCampaign.Now });
        Assert.Equal("first", (string?)seen!["outcome"]);
        var pushed = await pageSouth.NextAsync("Events");
        Assert.Equal((first, "North"), ((string)pushed["events"]![0]!["event"]!, (string)pushed["events"]![0]!["reader_name"]!));

        var (again, _) = await pageSouth.CallAsync("Scan", new { certificate, @event = second, timestamp = TallyCampaign.Now });
        Assert.Equal(("duplicate", north, "North"), ((string)again!["outcome"]!, (string)again["first"]!["reader"]!, (string)again["first"]!["readerName"]!));
        Assert.Equal(TallyCampaign.Now, (double)again["first"]!["time"]!, tolerance: 60);
        var next = await pageSouth.NextAsync("Events");
        Assert.Equal(((string)pushed["cursor"]!, second), ((string)next["after"]!, (string)next["events"]![0]!["event"]!));
    }

    [Fact]
    public async Task Sync_FromACursor_BringsWhatWasMissed()
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, reader, other) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync(), await campaign.NewReaderAsync());
        var id = Guid.NewGuid().ToString();
        await campaign.SyncAsync(other, new { events = new[] { TallyCampaign.Scan(certificate, id) } });
        await using var page = await HubClient.ConnectAsync(api, reader);

        var (answer, _) = await page.CallAsync("Sync", new { events = Array.Empty<object>(), cursor = (string?)null, now = TallyCampaign.Now });
        Assert.Equal(id, (string?)Assert.Single(answer!["events"]!.AsArray())!["event"]);
        var (empty, _) = await page.CallAsync("Sync", new { cursor = (string)answer["cursor"]! });
        Assert.Empty(empty!["events"]!.AsArray());
        Assert.Equal(JsonValueKind.Object, empty["outcomes"]!.GetValueKind());
    }

    [Fact]
    public async Task Conflict_FoundOffline_IsToldToBoth()
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, online, offline) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync(), await campaign.NewReaderAsync());
        await using var pageOnline = await HubClient.ConnectAsync(api, online);
        await using var pageOffline = await HubClient.ConnectAsync(api, offline);
        var (late, early) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await pageOnline.CallAsync("Scan", new { certificate, @event = late, timestamp = TallyCampaign.Now });

        await campaign.SyncAsync(offline, new { events = new[] { TallyCampaign.Scan(certificate, early, TallyCampaign.Now - 600) } });

        // A page that answered its scan alone says so: then no delay is needed to know it.
        var (again, sure) = (await campaign.NewCertificateAsync(), Guid.NewGuid().ToString());
        await pageOnline.CallAsync("Scan", new { certificate = again, @event = Guid.NewGuid(), timestamp = TallyCampaign.Now });

        foreach (var (page, own) in new[] { (pageOnline, late), (pageOffline, early) })
        {
            var conflict = await page.NextAsync("Conflict");
            Assert.Equal((own, certificate, early, offline), ((string)conflict["event"]!, (string)conflict["certificate"]!, (string)conflict["first"]!["event"]!, (string)conflict["first"]!["reader"]!));
        }

        var told = await campaign.SyncAsync(offline, new { events = new[] { new { certificate = again, @event = sure, timestamp = TallyCampaign.Now, offline = true } } });
        Assert.Equal(sure, (string)(await pageOffline.NextAsync("Conflict"))["event"]!);
        Assert.True((bool)told["events"]!.AsArray().Single(row => (string)row!["event"]! == sure)!["offline"]!);
    }

    [Fact]
    public async Task Configuration_Changed_IsPushed()
    {
        using var campaign = await api.NewCampaignAsync();
        var reader = await campaign.NewReaderAsync();
        await using var page = await HubClient.ConnectAsync(api, reader);

        await TallyCampaign.DataAsync(await campaign.Staff.PostAsync($"/qrcode/{campaign.Slug}/save-reader/{reader}".ToUri(), TallyCampaign.Json("""{"name":"Renamed","enable_tallying":true}"""), TestContext.Current.CancellationToken));

        var configuration = await page.NextAsync("Configuration");
        Assert.Equal("Renamed", (string?)configuration["reader"]!["name"]);
    }

    [Fact]
    public async Task Call_ThatIsWrong_IsRefusedByItsCode()
    {
        using var campaign = await api.NewCampaignAsync();
        await using var silent = await HubClient.ConnectAsync(api, await campaign.NewReaderAsync(new { name = "Silent" }));
        await using var page = await HubClient.ConnectAsync(api, await campaign.NewReaderAsync());

        Assert.StartsWith("reader_not_tallying: ", (await silent.CallAsync("Sync", new { })).Error, StringComparison.Ordinal);
        Assert.StartsWith("reader_not_tallying: ", (await silent.CallAsync("Scan", Scan())).Error, StringComparison.Ordinal);
        Assert.StartsWith("invalid: ", (await page.CallAsync("Sync", new { events = 5 })).Error, StringComparison.Ordinal);
        Assert.StartsWith("invalid: ", (await page.CallAsync("Scan", new { certificate = "x" })).Error, StringComparison.Ordinal);
        Assert.StartsWith("invalid: ", (await page.CallAsync("Scan", "x")).Error, StringComparison.Ordinal);
        Assert.StartsWith("invalid: ", (await page.CallAsync("Scan", Scan(now: "x"))).Error, StringComparison.Ordinal);
        Assert.StartsWith("invalid: ", (await page.CallAsync("NoSuchMethod", new { })).Error, StringComparison.Ordinal);

        static object Scan(object? now = null) =>
            new { certificate = Guid.NewGuid(), @event = Guid.NewGuid(), timestamp = TallyCampaign.Now, now = now ?? TallyCampaign.Now };
    }

    [Fact]
    public async Task Message_TooLargeOrMalformed_EndsTheConnectionByItsCode()
    {
        using var campaign = await api.NewCampaignAsync();
        await using var page = await HubClient.ConnectAsync(api, await campaign.NewReaderAsync());
        await using var broken = await HubClient.ConnectAsync(api, await campaign.NewReaderAsync());
        await using var other = await HubClient.ConnectAsync(api, await campaign.NewReaderAsync());

        Assert.StartsWith("too_large: ", await page.SendUntilClosedAsync($$"""{"type":1,"target":"Sync","arguments":["{{new string('x', 1 << 20)}}"]}"""), StringComparison.Ordinal);
        Assert.StartsWith("malformed: ", await broken.SendUntilClosedAsync("nonsense"), StringComparison.Ordinal);

        var (answer, _) = await other.CallAsync("Sync", new { events = Array.Empty<object>(), padding = new string('x', (1 << 20) - 1_000) });
        Assert.NotNull(answer);
    }

    [Theory]
    [InlineData(true, -600)]
    [InlineData(false, 0)]
    public async Task Scan_BeforeOlderOnes_SaysThatTheyFollow(bool more, int expected)
    {
        using var campaign = await api.NewCampaignAsync();
        var (certificate, reader) = (await campaign.NewCertificateAsync(), await campaign.NewReaderAsync());
        await using var page = await HubClient.ConnectAsync(api, reader);
        var (now, older) = (TallyCampaign.Now, Guid.NewGuid().ToString());

        await page.CallAsync("Scan", new { certificate, @event = Guid.NewGuid(), timestamp = now, now, more });
        var (answer, _) = await page.CallAsync("Sync", new { events = new[] { TallyCampaign.Scan(certificate, older, now - 600) }, now = TallyCampaign.Now });

        var tallied = answer!["events"]!.AsArray().Single(e => (string?)e!["event"] == older);
        Assert.Equal(now + expected, (double)tallied!["timestamp"]!, tolerance: 60);
    }

    [Fact]
    public async Task Connect_AsAStranger_IsRefused()
    {
        using var campaign = await api.NewCampaignAsync();
        var expired = await campaign.NewReaderAsync(new { enable_tallying = true, validity_end = "2020-01-01" });
        await ShouldRefuseAsync("", HttpStatusCode.NotFound, "reader_unknown");
        await ShouldRefuseAsync("?reader=x", HttpStatusCode.NotFound, "reader_unknown");
        await ShouldRefuseAsync($"?reader={Guid.NewGuid()}", HttpStatusCode.NotFound, "reader_unknown");
        await ShouldRefuseAsync($"?reader={expired}", HttpStatusCode.Forbidden, "reader_expired");

        async Task ShouldRefuseAsync(string query, HttpStatusCode status, string code)
        {
            using var answer = await campaign.Page.GetAsync($"/hubs/readers{query}".ToUri(), TestContext.Current.CancellationToken);
            await answer.ShouldBeProblemAsync(status, code);
        }
    }
}
