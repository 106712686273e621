using System.Diagnostics;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Meetings;

/// <summary>The demo's meeting, clicked through on two phones.</summary>
public sealed class DemoMeetingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_UserFromTheLobbyAndAgent_MeetInTheSimulatedRoom()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        var links = await DemoAsync(api);
        await using var user = await Phone.CreateAsync();
        await user.OpenAsync("fr-FR");
        await using var agent = await Phone.CreateAsync();
        await agent.OpenAsync("en-GB");

        await user.Page.GotoAsync(links.Single(link => link.Contains("/meeting/", StringComparison.Ordinal) && !link.Contains("/join/", StringComparison.Ordinal)));
        await Expect(user.Page.Locator("#enter-button")).ToBeVisibleAsync();
        await user.PictureAsync("demo-lobby");
        await agent.Page.GotoAsync(links.Single(link => link.Contains("/join/agent/", StringComparison.Ordinal)));
        await Expect(agent.Page.Locator("#people li")).ToHaveCountAsync(1);
        await user.Page.Locator("#full-name").FillAsync("Zoé <b>");
        await user.Page.Locator("#enter-button").ClickAsync();
        await Expect(user.Page.Locator("#people li")).ToHaveCountAsync(2);
        await user.PictureAsync("demo-room-user");

        // the page looks again by itself
        await Expect(agent.Page.Locator("#people")).ToContainTextAsync("Zoé <b>", new() { Timeout = 120_000 });
        await agent.PictureAsync("demo-room-agent");
        await agent.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "End for all" }).ClickAsync();
        await Expect(agent.Page.Locator("h1")).ToHaveTextAsync("You are not in the room any more");
        await Expect(user.Page.Locator("h1")).ToHaveTextAsync("Vous n'êtes plus dans la salle", new() { Timeout = 120_000 });
        await user.PictureAsync("demo-ended");
        await user.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Revenir à la page du rendez-vous" }).ClickAsync();
        await Expect(user.Page.Locator("#enter-button")).ToBeVisibleAsync();
    }

    private static async Task<IReadOnlyList<string>> DemoAsync(ApiProcess api)
    {
        var start = new ProcessStartInfo("dotnet", [ApiProcess.DllPath(), "demo", "--Data:Path", api.DataPath]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var demo = Process.Start(start)!;
        var output = await demo.StandardOutput.ReadToEndAsync(Token);
        await demo.WaitForExitAsync(Token);
        return [.. output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("http", StringComparison.Ordinal))];
    }
}
