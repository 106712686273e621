using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Printing;

/// <summary>A server of its own, reached over real HTTP and websockets as print-api's clients do.</summary>
public sealed class PrintApi : IAsyncLifetime
{
    public const string Surname = "Иванов";
    public const string Number = "1015000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ApiProcess Process { get; private set; } = null!;

    /// <summary>Somebody without a token.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    /// <summary>Somebody with the admin's.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Process = await ApiProcess.StartAsync(CancellationToken.None, [.. Settings]);
        (Anyone, Admin) = (Process.CreateClient(admin: false), Process.CreateClient());
        var members = new { users = new[] { new { username = Surname, union_number = (string?)Number, student_number = (string?)"s-1" }, new { username = "Student", union_number = (string?)null, student_number = (string?)"s-2" } } };
        using var put = await Admin.PostAsJsonAsync("/print/is_union_member".ToUri(), members, CancellationToken.None);
        put.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Anyone.Dispose();
        Admin.Dispose();
        await Process.DisposeAsync();
    }

    /// <summary>kill -9, and a start on what it had stored.</summary>
    public async Task RestartAsync()
    {
        await Process.KillAsync();
        await Process.RestartAsync(Cancel, [.. Settings]);
    }

    /// <summary>The arguments of the server: QR tokens of two seconds, and room for tests that guess.</summary>
    private static IEnumerable<string> Settings => ["--Print:QR_TOKEN_TTL", "2", "--QR_TOKEN_DELAY", "2", "--Limits:Misses", "100000", "--Limits:TotalMisses", "1000000", "--Print:PinMisses", "100000", "--Print:TotalPinMisses", "1000000", "--Print:TerminalPinMisses", "100000", "--Print:TotalTerminalPinMisses", "1000000", "--MAX_SIZE", "1000000"];

    /// <summary>A pin for a file.</summary>
    public async Task<string> RegisterAsync(object? options = null, string filename = "file.pdf")
    {
        using var answer = await Anyone.PostAsJsonAsync("/print/file".ToUri(), new { surname = Surname, number = Number, filename, options = options ?? new { } }, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)(await answer.ReadJsonAsync())["pin"]!;
    }

    /// <summary>Sends a content.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string pin, byte[] content, string type = "application/pdf")
    {
        using var part = new ByteArrayContent(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var body = new MultipartFormDataContent { { part, "file", "file.pdf" } };
        return await Anyone.PostAsync($"/print/file/{pin}".ToUri(), body, Cancel);
    }

    /// <summary>The pin of a file that is uploaded.</summary>
    public async Task<string> NewFileAsync(object? options = null, int pages = 2)
    {
        var pin = await RegisterAsync(options);
        using var uploaded = await UploadAsync(pin, PdfBuilder.Pages(pages));
        Assert.Equal(HttpStatusCode.OK, uploaded.StatusCode);
        return pin;
    }

    /// <summary>A terminal's id and token.</summary>
    public async Task<(string Id, string Token)> NewTerminalAsync()
    {
        using var made = await Admin.PostAsJsonAsync("/api/print/terminals".ToUri(), new { name = "Corridor" }, Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var terminal = await made.ReadJsonAsync();
        return ((string)terminal["id"]!, (string)terminal["token"]!);
    }

    /// <summary>A terminal as the staff see it.</summary>
    public async Task<JsonNode> SeeAsync(string id)
    {
        var list = await Admin.GetFromJsonAsync<JsonNode>("/api/print/terminals".ToUri(), Cancel);
        return list!["terminals"]!.AsArray().Single(terminal => (string)terminal!["id"]! == id)!;
    }

    /// <summary>Prints at the terminal that shows a QR token.</summary>
    public Task<HttpResponseMessage> PrintAsync(string qrToken, params string[] pins) =>
        Anyone.PostAsJsonAsync("/print/qr".ToUri(), new { qr_token = qrToken, files = pins }, Cancel);

    /// <summary>The answer is an error as print-api tells them.</summary>
    public static async Task IsErrorAsync(HttpResponseMessage answer, HttpStatusCode status, string? message = null)
    {
        Assert.Equal(status, answer.StatusCode);
        var body = await answer.ReadJsonAsync();
        Assert.Equal("Error", (string)body["status"]!);
        Assert.NotEqual("", (string)body["ru"]!);
        if (message is not null)
        {
            Assert.Equal(message, (string)body["message"]!);
        }
    }

    /// <summary>The answer names where the body is wrong, as print-api's framework does.</summary>
    public static async Task IsInvalidAsync(HttpResponseMessage answer, string at)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var fault = (await answer.ReadJsonAsync())["detail"]![0]!;
        Assert.Equal(at, string.Join('.', fault["loc"]!.AsArray().Select(step => step!.ToString())));
        Assert.NotEqual("", (string)fault["msg"]!);
        Assert.NotEqual("", (string)fault["type"]!);
    }
}

[CollectionDefinition(Name)]
public sealed class PrintCollection : ICollectionFixture<PrintApi>
{
    public const string Name = "printing";
}
