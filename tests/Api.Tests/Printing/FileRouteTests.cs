using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Actors.Api.Tests.Support;
using Actors.TestKit.Pdfs;

namespace Actors.Api.Tests.Printing;

/// <summary>Files by their pins.</summary>
[Collection(PrintCollection.Name)]
public sealed partial class FileRouteTests(PrintApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_RegisteredUploadedAndLookedAt_IsAsItWasSent()
    {
        var pin = await api.RegisterAsync(new { pages = " 2, 1 ", copies = 2, two_sided = true });
        using (var early = await api.Anyone.GetAsync($"/print/file/{pin}".ToUri(), Cancel))
        {
            await PrintApi.IsErrorAsync(early, HttpStatusCode.UnsupportedMediaType, "File has not been uploaded yet");
        }

        var content = PdfBuilder.Pages(2);
        using var uploaded = await api.UploadAsync(pin.ToLowerInvariant(), content);
        Assert.Equal($$$"""{"pin":"{{{pin}}}","options":{"pages":"2,1","copies":2,"two_sided":true}}""", await uploaded.Content.ReadAsStringAsync(Cancel));

        var file = (await api.Anyone.GetFromJsonAsync<JsonNode>($"/print/file/{pin}".ToUri(), Cancel))!;
        var name = (string)file["filename"]!;
        Assert.Matches(StoredName(), name);
        using var stored = await api.Anyone.GetAsync($"/print/static/{name}".ToUri(), Cancel);
        Assert.Equal("application/pdf", stored.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", stored.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotNull(stored.Content.Headers.ContentDisposition);
        Assert.Equal(content, await stored.Content.ReadAsByteArrayAsync(Cancel));
        using var again = await api.UploadAsync(pin, content);
        await PrintApi.IsErrorAsync(again, HttpStatusCode.UnsupportedMediaType, "File has been already uploaded");
    }

    [Theory]
    [InlineData("x", "1")]
    [InlineData(PrintApi.Surname, "1")]
    [InlineData("Student", "S-2")]
    [InlineData(null, PrintApi.Number)]
    public async Task Register_NobodysFile_IsRefused(string? surname, string? number)
    {
        using var answer = await api.Anyone.PostAsJsonAsync("/print/file".ToUri(), new { surname, number, filename = "a.pdf" }, Cancel);

        await PrintApi.IsErrorAsync(answer, HttpStatusCode.Forbidden, "User is not found in trade union list");
    }

    [Fact]
    public async Task Register_WithoutAnOwnerButTheScope_IsTaken()
    {
        using var answer = await api.Admin.PostAsJsonAsync("/print/file".ToUri(), new { filename = "a.pdf" }, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("a.pdf", "pdf")]
    [InlineData("noextension", "noextension")]
    [InlineData("/etc/pass'wd\"<script>.PDF ", "PDF")]
    [InlineData("..\\..\\boot.p-d-f", "p")]
    [InlineData("отчёт.пдф", "pdf")]
    public async Task Register_AnyName_IsStoredUnderAPlainOne(string filename, string extension)
    {
        var pin = await api.RegisterAsync(filename: filename);
        using var uploaded = await api.UploadAsync(pin, PdfBuilder.Pages(1));

        var file = (await api.Anyone.GetFromJsonAsync<JsonNode>($"/print/file/{pin}".ToUri(), Cancel))!;
        Assert.EndsWith($".{extension}", (string)file["filename"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.")]
    [InlineData("a. - !")]
    [InlineData("")]
    public async Task Register_ANameWithoutAnEnd_IsUnprocessable(string filename)
    {
        using var answer = await api.Anyone.PostAsJsonAsync("/print/file".ToUri(), new { surname = PrintApi.Surname, number = PrintApi.Number, filename }, Cancel);

        await PrintApi.IsErrorAsync(answer, HttpStatusCode.UnprocessableEntity, "Unprocessable file instance");
    }

    [Fact]
    public async Task Register_FourKilobytesOfUnicode_AreCutAndTaken() => await api.RegisterAsync(filename: string.Concat(Enumerable.Repeat("😀", 1_100)) + ".pdf");

    [Theory]
    [InlineData("""{"filename":1}""", "body.filename")]
    [InlineData("""{}""", "body.filename")]
    [InlineData("""{"filename":"a.pdf","options":[]}""", "body.options")]
    [InlineData("""{"filename":"a.pdf","options":{"pages":1}}""", "body.options.pages")]
    [InlineData("""{"filename":"a.pdf","options":{"pages":"0"}}""", "body.options.pages")]
    [InlineData("""{"filename":"a.pdf","options":{"pages":"5-2"}}""", "body.options.pages")]
    [InlineData("""{"filename":"a.pdf","options":{"copies":0}}""", "body.options.copies")]
    [InlineData("""{"filename":"a.pdf","options":{"copies":51}}""", "body.options.copies")]
    [InlineData("""{"filename":"a.pdf","options":{"copies":1.5}}""", "body.options.copies")]
    [InlineData("""{"filename":"a.pdf","options":{"copies":"many"}}""", "body.options.copies")]
    [InlineData("""{"filename":"a.pdf","options":{"two_sided":"perhaps"}}""", "body.options.two_sided")]
    [InlineData("""{"filename":"a\uD800.pdf"}""", "body")]
    [InlineData("not json", "body")]
    public async Task Register_AWrongBody_IsToldWhere(string body, string at)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await api.Admin.PostAsync("/print/file".ToUri(), content, Cancel);

        await PrintApi.IsInvalidAsync(answer, at);
    }

    [Fact]
    public async Task Change_WhatMayBe_IsChangedAndTheRestStays()
    {
        var pin = await api.NewFileAsync(new { pages = "1", copies = 2, two_sided = true });

        await ChangesAsync(pin, new { copies = 3 }, """{"pages":"1","copies":3,"two_sided":true}""");
        await ChangesAsync(pin, new { two_sided = false }, """{"pages":"1","copies":3,"two_sided":false}""");
        await ChangesAsync(pin, new { pages = "" }, """{"pages":"","copies":3,"two_sided":false}""");
    }

    [Fact]
    public async Task Change_WhatMayNotBe_ChangesNothing()
    {
        var pin = await api.NewFileAsync(new { pages = "1" });

        using var beyond = await ChangeAsync(pin, new { pages = "3" });
        using var tooMany = await ChangeAsync(pin, new { copies = 50, pages = "" });
        using var unknown = await ChangeAsync("NOSUCH", new { copies = 1 });

        await PrintApi.IsErrorAsync(beyond, HttpStatusCode.RequestedRangeNotSatisfiable, "Invalid format");
        await PrintApi.IsErrorAsync(tooMany, HttpStatusCode.RequestEntityTooLarge, "Content too large, count of page: 50 is allowed");
        await PrintApi.IsErrorAsync(unknown, HttpStatusCode.NotFound, "Pin NOSUCH not found");
        await ChangesAsync(pin, new { }, """{"pages":"1","copies":1,"two_sided":false}""");
    }

    [Fact]
    public async Task Change_BeforeTheUpload_IsJudgedWithIt()
    {
        var pin = await api.RegisterAsync();
        await ChangesAsync(pin, new { pages = "9-10" }, """{"pages":"9-10","copies":1,"two_sided":false}""");

        using var refused = await api.UploadAsync(pin, PdfBuilder.Pages(2));
        await PrintApi.IsErrorAsync(refused, HttpStatusCode.RequestedRangeNotSatisfiable);
        await ChangesAsync(pin, new { pages = "" }, """{"pages":"","copies":1,"two_sided":false}""");
        using var taken = await api.UploadAsync(pin, PdfBuilder.Pages(2));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Delete_ByItsOwnerOnly_FreesThePinAndTheContent()
    {
        var pin = await api.NewFileAsync();
        var name = (string)(await api.Anyone.GetFromJsonAsync<JsonNode>($"/print/file/{pin}".ToUri(), Cancel))!["filename"]!;

        using var stranger = await api.Anyone.DeleteAsync($"/print/file/{pin}".ToUri(), Cancel);
        await PrintApi.IsErrorAsync(stranger, HttpStatusCode.Forbidden);
        using var owner = await api.Anyone.DeleteAsync($"/print/file/{pin}?surname={PrintApi.Surname}&number={PrintApi.Number}".ToUri(), Cancel);
        Assert.Equal("""{"status":"ok"}""", await owner.Content.ReadAsStringAsync(Cancel));

        using var gone = await api.Anyone.GetAsync($"/print/file/{pin}".ToUri(), Cancel);
        using var content = await api.Anyone.GetAsync($"/print/static/{name}".ToUri(), Cancel);
        using var again = await api.Anyone.DeleteAsync($"/print/file/{pin}".ToUri(), Cancel);
        await PrintApi.IsErrorAsync(gone, HttpStatusCode.NotFound, "1 file(s) not found");
        await PrintApi.IsErrorAsync(content, HttpStatusCode.NotFound);
        await PrintApi.IsErrorAsync(again, HttpStatusCode.NotFound, $"Pin {pin} not found");
    }

    [Theory]
    [InlineData("..%2factors.db")]
    [InlineData("..%5cactors.db")]
    [InlineData("%2e%2e%2f.spool")]
    [InlineData(".spool")]
    public async Task Content_OfANameThatLeadsElsewhere_IsNotFound(string name)
    {
        using var answer = await api.Anyone.GetAsync($"/print/static/{name}".ToUri(), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("%D0%90%D0%91")]
    [InlineData("..%2f..")]
    public async Task File_OfWhatCanBeNoPin_IsNotFound(string pin)
    {
        using var looked = await api.Anyone.GetAsync($"/print/file/{pin}".ToUri(), Cancel);
        using var changed = await ChangeAsync(pin, new { copies = 1 });

        await PrintApi.IsErrorAsync(looked, HttpStatusCode.NotFound);
        await PrintApi.IsErrorAsync(changed, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Me_WithAToken_IsAFlatObjectOfTextsWithItsId()
    {
        using var mine = await api.Admin.GetAsync("/auth/me".ToUri(), Cancel);
        using var nobodys = await api.Anyone.GetAsync("/auth/me".ToUri(), Cancel);

        var me = (await mine.ReadJsonAsync()).AsObject();
        Assert.NotEqual("", (string)me["id"]!);
        Assert.All(me, member => Assert.Equal(System.Text.Json.JsonValueKind.String, member.Value!.GetValueKind()));
        await PrintApi.IsErrorAsync(nobodys, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Preflight_FromAnotherOrigin_IsAllowed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/print/file/ABCDEF");
        request.Headers.Add("Origin", "https://app.example.org");
        request.Headers.Add("Access-Control-Request-Method", "PATCH");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");

        using var answer = await api.Anyone.SendAsync(request, Cancel);

        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("PATCH", answer.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> ChangeAsync(string pin, object options) =>
        api.Anyone.PatchAsJsonAsync($"/print/file/{pin}".ToUri(), new { options }, Cancel);

    private async Task ChangesAsync(string pin, object options, string expected)
    {
        using var answer = await ChangeAsync(pin, options);
        Assert.Equal($$"""{"pin":"{{pin}}","options":{{expected}}}""", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z0-9]{128}\\.pdf$", RegexOptions.NonBacktracking)]
    private static partial Regex StoredName();
}
