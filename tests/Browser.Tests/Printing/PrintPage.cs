using Actors.TestKit.Phones;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Actors.Browser.Tests.Printing;

/// <summary>The page of those who print, as a person with a phone uses it.</summary>
internal sealed class PrintPage(Phone phone)
{
    private const float PatienceMs = 30_000;

    private IPage Page => phone.Page;

    /// <summary>The pins on the page, of the files that have one.</summary>
    public ILocator Pins => Page.Locator(".file .pin:not(:empty)");

    public async Task OpenAsync(Uri address)
    {
        await Page.GotoAsync(address.ToString());
        await Expect(Page.Locator("#picker")).ToBeEnabledAsync(new() { Timeout = PatienceMs });
    }

    public async Task FillOwnerAsync(string surname, string number)
    {
        await Page.Locator("#surname").FillAsync(surname);
        await Page.Locator("#number").FillAsync(number);
    }

    /// <summary>Picks files of the phone.</summary>
    public Task ChooseAsync(params (string Name, byte[] Content)[] files) => Page.Locator("#picker").SetInputFilesAsync(files.Select(file =>
        new FilePayload { Name = file.Name, MimeType = file.Name.EndsWith(".pdf", StringComparison.Ordinal) ? "application/pdf" : "application/msword", Buffer = file.Content }));

    /// <summary>Drags a file from the desk and lets it go over the page.</summary>
    public Task DropAsync(string name, byte[] content) => Page.EvaluateAsync(
        """
        ([name, content]) => {
          const dataTransfer = new DataTransfer();
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          dataTransfer.items.add(new File([bytes], name, { type: 'application/pdf' }));
          document.querySelector('main').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        }
        """,
        new[] { name, Convert.ToBase64String(content) });

    /// <summary>Unfolds the wishes for the newest file.</summary>
    public Task OpenOptionsAsync() => Page.Locator(".file summary").First.ClickAsync();

    /// <summary>Sends the newest file once more.</summary>
    public Task TryAgainAsync() => Page.Locator(".file:first-child").GetByText("Try again").ClickAsync();

    public async Task SetPagesAsync(string pages)
    {
        var field = Page.GetByLabel("Pages", new() { Exact = true }).First;
        await field.FillAsync(pages);
        await field.BlurAsync();
    }

    /// <summary>Prints what is chosen by the code on a terminal's screen.</summary>
    public async Task PrintAsync(string code)
    {
        await Page.Locator("#print-now").ClickAsync();
        await RetypeAsync(code);
    }

    /// <summary>Types the code again.</summary>
    public async Task RetypeAsync(string code)
    {
        await Page.Locator("#code").FillAsync(code);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task ExpectAsync(string selector, string text)
    {
        try
        {
            await Expect(Page.Locator(selector)).ToContainTextAsync(text, new() { Timeout = PatienceMs });
        }
        catch (PlaywrightException failure)
        {
            await PictureAsync("print-missing");
            throw new InvalidOperationException($"The page said:\n{string.Join('\n', phone.Diary)}", failure);
        }
    }

    /// <summary>Waits for words on the newest file.</summary>
    public Task ExpectFirstAsync(string selector, string text) => ExpectAsync($".file:first-child {selector}", text);

    /// <summary>Keeps a picture of the screen beside the test results.</summary>
    public Task PictureAsync(string name) => phone.PictureAsync(name);
}
