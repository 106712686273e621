using System.Net;
using Actors.Api.Tests.Support;
using Actors.Api.Tests.Tallying;
using Actors.Tallying.Certificates;

namespace Actors.Api.Tests.Limits;

/// <summary>All phones at a door share one address: what one of them gets wrong must not stop the others.</summary>
public sealed class SharedAddressTests : IAsyncLifetime
{
    private readonly TallyApi _api = new() { Settings = { ["Limits:Misses"] = "2" } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Ask_KnownReaderBesideAGuesser_IsAnsweredOnEveryRoute()
    {
        using var campaign = await _api.NewCampaignAsync();
        var reader = await campaign.NewReaderAsync();
        var certificate = await campaign.NewCertificateAsync();
        HttpStatusCode[] expected = [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests];
        foreach (var status in expected)
        {
            Assert.Equal(status, await StatusAsync(campaign, $"/pointage/configuration?uuid={Guid.NewGuid()}"));
            Assert.Equal(status, await StatusAsync(campaign, $"/qrcode/{campaign.Slug}/get-qrcode/{Guid.NewGuid()}"));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(campaign, $"/pointage/configuration?uuid={reader}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(campaign, $"/pointage/certificates?uuid={reader}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(campaign, $"/qrcode/{campaign.Slug}/open-reader/{reader}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(campaign, $"/qrcode/{campaign.Slug}/get-qrcode/{certificate}"));
        await campaign.SyncAsync(reader, new { events = new[] { TallyCampaign.Scan(certificate) }, since = 0 });
    }

    [Fact]
    public async Task Code_ManyWrongOnesAtOneReader_LimitThatReaderAlone()
    {
        using var campaign = await _api.NewCampaignAsync();
        var (clumsy, other) = (await campaign.NewReaderAsync(), await campaign.NewReaderAsync());
        var code = ShortCode.Of(Guid.Parse(await campaign.NewCertificateAsync()));
        HttpStatusCode[] expected = [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests];
        foreach (var status in expected)
        {
            Assert.Equal(status, await StatusAsync(campaign, $"/pointage/code/00000000?uuid={clumsy}"));
        }

        // a right code is refused as well: else trying on would tell which one is right
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(campaign, $"/pointage/code/{code}?uuid={clumsy}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(campaign, $"/pointage/code/{code}?uuid={other}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(campaign, $"/pointage/configuration?uuid={clumsy}"));
    }

    private static async Task<HttpStatusCode> StatusAsync(TallyCampaign campaign, string path)
    {
        using var answer = await campaign.Page.GetAsync(path.ToUri(), Stop);
        Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        return answer.StatusCode;
    }
}
