using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Processes;

namespace Actors.Bench.Printing;

/// <summary>A server with a member, and short words for what clients do.</summary>
public sealed class PrintShop(ApiProcess server) : IDisposable
{
    public const string Surname = "ADA";
    public const string Number = "1815";

    private readonly HttpClient _admin = server.CreateClient();

    /// <summary>The member is there from now on.</summary>
    public async Task OpenAsync()
    {
        var members = new { users = new[] { new { username = Surname, union_number = Number, student_number = (string?)null } } };
        using var put = await _admin.PostAsJsonAsync(Path("/print/is_union_member"), members);
        put.EnsureSuccessStatusCode();
    }

    /// <summary>Tokens of new terminals.</summary>
    public async Task<IReadOnlyList<string>> NewTerminalsAsync(int count)
    {
        var tokens = new List<string>();
        for (var i = 0; i < count; i++)
        {
            using var made = await _admin.PostAsJsonAsync(Path("/api/print/terminals"), new { name = $"terminal {i}" });
            made.EnsureSuccessStatusCode();
            tokens.Add((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!);
        }

        return tokens;
    }

    /// <summary>The pin of a file that is uploaded.</summary>
    public async Task<string> NewFileAsync()
    {
        using var registered = await _admin.PostAsJsonAsync(Path("/print/file"), new { surname = Surname, number = Number, filename = "a.pdf" });
        registered.EnsureSuccessStatusCode();
        var pin = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("pin").GetString()!;
        using var part = new ByteArrayContent(PdfBuilder.Pages(1)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/pdf") } };
        using var body = new MultipartFormDataContent { { part, "file", "a.pdf" } };
        using var uploaded = await _admin.PostAsync(Path($"/print/file/{pin}"), body);
        uploaded.EnsureSuccessStatusCode();
        return pin;
    }

    public void Dispose() => _admin.Dispose();

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
