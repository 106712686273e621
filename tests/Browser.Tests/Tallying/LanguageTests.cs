using Actors.TestKit.Phones;
using Actors.TestKit.Processes;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Tallying;

public sealed class LanguageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en-GB", "en", "Reader link")]
    [InlineData("fr-FR", "fr", "Lien de lecteur")]
    [InlineData("de-DE", "fr", "Lien de lecteur")]
    public async Task StartPage_SpeaksTheBrowsersLanguage_ElseFrench(string locale, string language, string label)
    {
        await using var api = await ApiProcess.StartAsync(Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(locale, cameras: 0);
        await phone.Page.GotoAsync(api.BaseAddress.ToString());

        await Expect(phone.Page.Locator("label[for=address]")).ToHaveTextAsync(label);
        await Expect(phone.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
    }

    [Fact]
    public async Task ErrorScreen_LanguageSwitched_SaysTheSameInTheOther()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync("fr-FR", cameras: 0);
        await phone.Page.GotoAsync(new Uri(api.BaseAddress, $"/qrcode/concert/open-reader/{Guid.NewGuid()}").ToString());
        await Expect(phone.Page.Locator("#opening-title")).ToHaveTextAsync("Lecteur inconnu");

        await phone.Page.Locator("#opening-language").ClickAsync();

        await Expect(phone.Page.Locator("#opening-title")).ToHaveTextAsync("Unknown reader");
        await Expect(phone.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task StartPage_LinksTheReadersOfThisDevice()
    {
        await using var api = await ApiProcess.StartAsync(Token);
        using var door = await Door.OpenAsync(api, "concert", Token);
        await using var phone = await Phone.CreateAsync();
        await phone.OpenAsync(cameras: 0);
        var address = await door.AddReaderAsync("Porte nord", Token);
        await new ReaderPage(phone).OpenAsync(address);

        await phone.Page.GotoAsync(api.BaseAddress.ToString());
        await phone.Page.Locator("#known-list a").ClickAsync();
        await phone.Page.WaitForURLAsync(address.ToString());
    }
}
