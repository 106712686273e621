using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Meetings;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Meetings;

/// <summary>The page of a meeting on a phone, and the conference that it leads to.</summary>
public sealed class LobbyPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task User_WaitsInTheLobby_AndBothArriveWhenTheAgentHasStarted()
    {
        await using var bbb = await BbbDouble.StartAsync();
        await using var api = await ApiProcess.StartAsync(
            Token, $"--Bbb:Servers:visio:Url={bbb.Address}", $"--Bbb:Servers:visio:Secret={bbb.Secret}", "--Bbb:PollInterval=00:00:00.3");
        var meeting = await CreateAsync(api, hours: 48);
        await using var user = await Phone.CreateAsync();
        await user.OpenAsync("fr-FR");
        await user.Page.GotoAsync(new Uri(api.BaseAddress, $"/meeting/{meeting.GetProperty("guid").GetString()}").ToString());

        await Expect(user.Page.Locator("#name")).ToHaveTextAsync("Rendez-vous <b>état civil</b>");
        await Expect(user.Page.Locator("#words")).ToHaveTextAsync("Le rendez-vous n’est pas aujourd’hui");
        await Expect(user.Page.Locator("#prepare-list > li")).ToHaveTextAsync(["Une pièce d'identité", "Un justificatif"]);
        await Expect(user.Page.Locator("#enter")).ToBeHiddenAsync();
        await user.PictureAsync("lobby-other-day");

        await using var agent = await Phone.CreateAsync();
        await agent.OpenAsync("fr-FR");
        await agent.Page.GotoAsync(meeting.GetProperty("join_agent_url").GetString()!);
        await Expect(agent.Page.Locator("#person")).ToHaveTextAsync("Agent");

        await Expect(user.Page.Locator("#words")).ToHaveTextAsync("On vous attend");
        await user.PictureAsync("lobby-running");
        await user.Page.Locator("#language").ClickAsync();
        await Expect(user.Page.Locator("#words")).ToHaveTextAsync("You are expected");
        await user.Page.Locator("#full-name").FillAsync("Zoé & <i>");
        await user.Page.Locator("#enter button").ClickAsync();
        await Expect(user.Page.Locator("#person")).ToHaveTextAsync("Zoé & <i>");

        var conference = bbb.Conferences[meeting.GetProperty("guid").GetString()!];
        Assert.Equal([("Agent", "MODERATOR"), ("Zoé & <i>", "VIEWER")], conference.People);
    }

    [Fact]
    public async Task Lobby_OfNoMeetingOrOfOneThatIsOver_SaysSo()
    {
        await using var bbb = await BbbDouble.StartAsync();
        await using var api = await ApiProcess.StartAsync(Token, $"--Bbb:Servers:visio:Url={bbb.Address}", $"--Bbb:Servers:visio:Secret={bbb.Secret}");
        var over = await CreateAsync(api, hours: -5, closed: true);
        await using var user = await Phone.CreateAsync();
        await user.OpenAsync("en-GB");

        await user.Page.GotoAsync(new Uri(api.BaseAddress, $"/meeting/{Guid.NewGuid()}").ToString());
        await Expect(user.Page.Locator("#words")).ToHaveTextAsync("This link leads to no meeting.");
        await user.Page.GotoAsync(new Uri(api.BaseAddress, $"/meeting/{over.GetProperty("guid").GetString()}").ToString());
        await Expect(user.Page.Locator("#words")).ToHaveTextAsync("The meeting is over");
        await user.PictureAsync("lobby-over");
        await Expect(user.Page.Locator("#enter")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Person_WithALinkOfOneUse_PressesItsButton_AndNobodyElseCan()
    {
        await using var bbb = await BbbDouble.StartAsync();
        await using var api = await ApiProcess.StartAsync(
            Token, $"--Bbb:Servers:visio:Url={bbb.Address}", $"--Bbb:Servers:visio:Secret={bbb.Secret}", "--Bbb:PollInterval=00:00:00.3");
        var meeting = await CreateAsync(api, hours: 0);
        var link = await AddLinkAsync(api, meeting, new { id = "marie", name = "Marie Dupont", use = "single" });
        await using var marie = await Phone.CreateAsync();
        await marie.OpenAsync("fr-FR");

        await marie.Page.GotoAsync(link);
        await Expect(marie.Page.Locator("h1")).ToHaveTextAsync("Votre lien personnel");
        await marie.PictureAsync("link-confirm");
        await marie.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Entrer en tant que Marie Dupont" }).ClickAsync();
        await Expect(marie.Page.Locator("#person")).ToHaveTextAsync("Marie Dupont");

        await using var other = await Phone.CreateAsync();
        await other.OpenAsync("en-GB");
        await other.Page.GotoAsync(link);
        await Expect(other.Page.Locator("h1")).ToHaveTextAsync("This link has been used");
        await other.PictureAsync("link-used");
        Assert.Equal([("Marie Dupont", "VIEWER")], bbb.Conferences[meeting.GetProperty("guid").GetString()!].People);
    }

    [Fact]
    public async Task Person_WhoComesBeforeTheTimeOfHisLink_WaitsInTheLobbyAsHimself()
    {
        await using var bbb = await BbbDouble.StartAsync();
        await using var api = await ApiProcess.StartAsync(Token, $"--Bbb:Servers:visio:Url={bbb.Address}", $"--Bbb:Servers:visio:Secret={bbb.Secret}");
        var meeting = await CreateAsync(api, hours: 0);
        var opens = TimeProvider.System.GetUtcNow().AddSeconds(20);
        var link = await AddLinkAsync(api, meeting, new { id = "marie", name = "Marie Dupont", not_before = Format(opens) });
        await using var marie = await Phone.CreateAsync();
        await marie.OpenAsync("fr-FR");

        await marie.Page.GotoAsync(link);
        await Expect(marie.Page.Locator("#countdown")).ToBeVisibleAsync();
        await marie.PictureAsync("link-early");
        // the button appears by itself
        await Expect(marie.Page.Locator("#enter-button")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(marie.Page.Locator("#enter-button")).ToHaveTextAsync("Entrer en tant que Marie Dupont");
        await marie.Page.Locator("#enter-button").ClickAsync();
        await Expect(marie.Page.Locator("#person")).ToHaveTextAsync("Marie Dupont");
    }

    private static async Task<string> AddLinkAsync(ApiProcess api, JsonElement meeting, object body)
    {
        using var admin = api.CreateClient();
        using var made = await admin.PostAsJsonAsync(new Uri(meeting.GetProperty("url").GetString() + "links/"), body, Token);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("data").GetProperty("url").GetString()!;
    }

    private static async Task<JsonElement> CreateAsync(ApiProcess api, double hours, bool closed = false)
    {
        using var admin = api.CreateClient();
        var start = TimeProvider.System.GetUtcNow().AddHours(hours);
        using var made = await admin.PostAsJsonAsync(
            "/bbb/visio/meeting/",
            new
            {
                name = "Rendez-vous <b>état civil</b>",
                idempotent_id = "1",
                not_after = closed ? Format(start.AddHours(1)) : null,
                metadata = new { start = Format(start), duration = "30", place = "Mairie, bureau 4", prepare = (string[])["Une pièce d'identité", "Un justificatif"] },
            },
            Token);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("data").Clone();
    }

    private static string Format(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
