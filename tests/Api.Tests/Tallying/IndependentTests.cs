using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Tallying;

/// <summary>A certificate's picture as the server draws it, read and verified by libraries that know nothing of this project.</summary>
public sealed class IndependentTests(TallyApi api) : IClassFixture<TallyApi>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-independent-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("?label=1")]
    public async Task QrCode_VerifiedWithTheKeySet_SaysWhatWasCertified(string query)
    {
        using var campaign = await api.NewCampaignAsync();
        var certificate = await campaign.NewCertificateAsync(new
        {
            data = new { name = "Ada Élise" },
            metadata = new { seat = "12" },
            validity_start = "2024-01-01T00:00:00Z",
            validity_end = "2033-05-18T03:33:20Z",
        });
        await SaveAsync(campaign, certificate, query, await KeysAsync(campaign));

        var (code, output) = await VerifyAsync();

        Assert.True(code == 0, output);
        var claims = JsonNode.Parse(output)!["claims"]!;
        Assert.Equal(Guid.Parse(certificate).ToString("N"), (string?)claims["7"]);
        Assert.Equal((1_704_067_200, 2_000_000_000), ((long)claims["5"]!, (long)claims["4"]!));
        Assert.Equal("""{"name":"Ada Élise"}""", claims["-65537"]!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task QrCode_VerifiedWithAnotherCampaignsKeys_IsRefused()
    {
        using var campaign = await api.NewCampaignAsync();
        using var other = await api.NewCampaignAsync();
        await SaveAsync(campaign, await campaign.NewCertificateAsync(), "", await KeysAsync(other));

        Assert.Equal((1, "no key of this id"), await VerifyAsync());
    }

    [Fact]
    public async Task QrCode_VerifiedWithAnotherKeyOfItsId_IsRefused()
    {
        using var campaign = await api.NewCampaignAsync();
        using var other = await api.NewCampaignAsync();
        var keys = JsonNode.Parse(await KeysAsync(other))!;
        keys["keys"]![0]!["kid"] = (string)JsonNode.Parse(await KeysAsync(campaign))!["keys"]![0]!["kid"]!;
        await SaveAsync(campaign, await campaign.NewCertificateAsync(), "", keys.ToJsonString());

        Assert.Equal(1, (await VerifyAsync()).Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<string> KeysAsync(TallyCampaign campaign) =>
        campaign.Page.GetStringAsync($"/api/campaigns/{campaign.Slug}/keys".ToUri(), Stop);

    private async Task SaveAsync(TallyCampaign campaign, string certificate, string query, string keys)
    {
        var picture = await campaign.Page.GetByteArrayAsync($"/qrcode/{campaign.Slug}/get-qrcode/{certificate}{query}".ToUri(), Stop);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "code.png"), picture, Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "keys.json"), keys, Stop);
    }

    private async Task<(int Code, string Output)> VerifyAsync()
    {
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine("tests", "independent", "verify.mjs"), Path.Combine(_folder, "code.png"), Path.Combine(_folder, "keys.json") },
            WorkingDirectory = WebFolder(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(Stop), node.StandardError.ReadToEndAsync(Stop));
        await node.WaitForExitAsync(Stop);
        return (node.ExitCode, (await output + await errors).Trim());
    }

    private static string WebFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "web");
    }
}
