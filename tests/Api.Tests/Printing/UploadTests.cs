using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Actors.Api.Tests.Support;
using Actors.TestKit.Pdfs;

namespace Actors.Api.Tests.Printing;

/// <summary>What somebody may send.</summary>
[Collection(PrintCollection.Name)]
public sealed class UploadTests(PrintApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "empty", [] },
        { "no PDF", Encoding.UTF8.GetBytes("Hello, printer!") },
        { "encrypted", PdfBuilder.Encrypted() },
        { "read as text", PdfBuilder.ReadAsText() },
        { "truncated", PdfBuilder.Pages(3)[..200] },
        { "a loop", PdfBuilder.Loop() },
        { "deep", PdfBuilder.Deep(200_000) },
        { "a bomb", PdfBuilder.Bomb(800L << 20) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Upload_WhatIsNoGoodPdf_IsRefusedAndThePinStaysGood(string what, byte[] content)
    {
        Assert.True(content.Length < 1_000_000, what);
        var pin = await api.RegisterAsync();

        using var refused = await api.UploadAsync(pin, content);
        await PrintApi.IsErrorAsync(refused, HttpStatusCode.UnsupportedMediaType, "File is corrupted");

        using var taken = await api.UploadAsync(pin, PdfBuilder.Pages(1));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Upload_TooManyPagesOrBytesOrAnotherType_IsRefused()
    {
        var pin = await api.RegisterAsync();

        using var pages = await api.UploadAsync(pin, PdfBuilder.Pages(2_000));
        using var bytes = await api.UploadAsync(pin, PdfBuilder.OfLength(1_000_001));
        using var manyBytes = await api.UploadAsync(pin, PdfBuilder.OfLength(2_000_000));
        using var type = await api.UploadAsync(pin, PdfBuilder.Pages(1), "image/png");

        await PrintApi.IsErrorAsync(pages, HttpStatusCode.RequestEntityTooLarge, "Content too large, count of page: 50 is allowed");
        await PrintApi.IsErrorAsync(bytes, HttpStatusCode.RequestEntityTooLarge, "Content too large, 1000000 bytes allowed");
        await PrintApi.IsErrorAsync(manyBytes, HttpStatusCode.RequestEntityTooLarge, "Content too large, 1000000 bytes allowed");
        await PrintApi.IsErrorAsync(type, HttpStatusCode.UnsupportedMediaType, "Only application/pdf files allowed, but image/png was recieved");
        using var taken = await api.UploadAsync(pin, PdfBuilder.Pages(1), "Application/PDF; name=x");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Upload_AnUnknownPin_IsNotFound()
    {
        using var answer = await api.UploadAsync("NOSUCH", PdfBuilder.Pages(1));

        await PrintApi.IsErrorAsync(answer, HttpStatusCode.NotFound, "Pin NOSUCH not found");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "")]
    [InlineData("multipart/form-data; boundary=x", "no part at all")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 and no end")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Dispo")]
    [InlineData("multipart/form-data", "--x--\r\n")]
    [InlineData("application/pdf", "%PDF-1.4")]
    public async Task Upload_WithoutAWholeFile_IsNothingReceived(string type, string body)
    {
        var pin = await api.RegisterAsync();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

        using var answer = await api.Anyone.PostAsync($"/print/file/{pin}".ToUri(), content, Cancel);

        await PrintApi.IsErrorAsync(answer, HttpStatusCode.BadRequest, "No file was recieved");
    }

    [Fact]
    public async Task Upload_TwoFiles_IsRefused()
    {
        var pin = await api.RegisterAsync();
        using var first = new ByteArrayContent(PdfBuilder.Pages(1)) { Headers = { ContentType = new("application/pdf") } };
        using var second = new ByteArrayContent(PdfBuilder.Pages(2)) { Headers = { ContentType = new("application/pdf") } };
        using var body = new MultipartFormDataContent { { first, "file", "1.pdf" }, { second, "file", "2.pdf" } };

        using var answer = await api.Anyone.PostAsync($"/print/file/{pin}".ToUri(), body, Cancel);

        await PrintApi.IsErrorAsync(answer, HttpStatusCode.BadRequest, "Send one file.");
    }

    [Fact]
    public async Task Upload_OfTwoAtOnce_OneIsTaken()
    {
        var pin = await api.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(pages => api.UploadAsync(pin, PdfBuilder.Pages(pages))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Upload_CutOffInTheMiddle_LeavesNothingBehind()
    {
        var pin = await api.RegisterAsync();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(api.Process.BaseAddress.Host, api.Process.BaseAddress.Port, Cancel);
            var head = $"POST /print/file/{pin} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4";
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head), Cancel);
        }

        using var taken = await api.UploadAsync(pin, PdfBuilder.Pages(1));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Upload_KilledRightAfter_IsThere()
    {
        var pin = await api.NewFileAsync();

        await api.RestartAsync();

        using var answer = await api.Anyone.GetAsync($"/print/file/{pin}".ToUri(), Cancel);
        var name = (string)(await answer.ReadJsonAsync())["filename"]!;
        Assert.Equal(PdfBuilder.Pages(2), await api.Anyone.GetByteArrayAsync($"/print/static/{name}".ToUri(), Cancel));
    }
}
