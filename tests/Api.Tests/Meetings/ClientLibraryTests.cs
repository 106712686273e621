using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Meetings;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Meetings;

/// <summary>A client library of BigBlueButton that is not ours (npm bigbluebutton-js) agrees on our join addresses.</summary>
public sealed class ClientLibraryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JoinUrls_AreTheLibrarysOwn_AndTheServerTakesBoth()
    {
        await using var bbb = await BbbDouble.StartAsync();
        await using var api = await ApiProcess.StartAsync(
            Cancel, $"--Bbb:Servers:visio:Url={bbb.Address}", $"--Bbb:Servers:visio:Secret={bbb.Secret}", "--Bbb:Servers:visio:Algorithm=sha1");
        using var admin = api.CreateClient();
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var made = await admin.PostAsJsonAsync(
            "/bbb/visio/meeting/".ToUri(),
            new { name = "Rendez-vous d'été", idempotent_id = "1", join_user_parameters = new Dictionary<string, string> { ["userdata-bbb_custom_style_url"] = "https://example.org/a?b=c&d=é", ["avatarURL"] = "x y" } },
            Cancel);
        var meeting = (await made.ReadJsonAsync())["data"]!;
        var ours = new List<string>();
        foreach (var link in (string[])[(string)meeting["join_agent_url"]!, (string)meeting["join_user_url"]! + "?fullName=Zo%C3%A9%20%26%20%3Cb%3E%20%2B%20100%25"])
        {
            using var redirect = await visitor.GetAsync(link, Cancel);
            ours.Add(redirect.Headers.Location!.AbsoluteUri);
        }

        var theirs = await AskAsync(new { host = bbb.Address, secret = bbb.Secret, urls = ours });

        for (var i = 0; i < ours.Count; i++)
        {
            Assert.Equal(ChecksumOf(ours[i]), ChecksumOf((string)theirs[i]!["same"]!));
            Assert.Equal(new Uri(ours[i]), new Uri((string)theirs[i]!["same"]!));
            using var page = await visitor.GetAsync((string)theirs[i]!["own"]!, Cancel);
            Assert.Contains("id=\"person\"", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            using var own = await visitor.GetAsync(ours[i], Cancel);
            Assert.Contains("id=\"person\"", await own.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal(
            ["Agent", "Agent", "Zoé & <b> + 100%", "Zoé & <b> + 100%"], bbb.Conferences[(string)meeting["guid"]!].People.Select(person => person.Name));
    }

    private static string ChecksumOf(string url) => System.Web.HttpUtility.ParseQueryString(new Uri(url).Query)["checksum"]!;

    private static async Task<JsonArray> AskAsync(object question)
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "bigbluebutton-js")))
        {
            Assert.Equal(0, (await RunAsync(folder, "npm", "ci", "--no-progress", "--loglevel=error")).Code);
        }

        var (code, output) = await RunAsync(folder, "node", "agree.mjs", JsonSerializer.Serialize(question));
        Assert.Equal(0, code);
        return JsonNode.Parse(output)!.AsArray();
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, output);
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "bbb-client");
    }
}
