using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Actors.Silo.Settings;

namespace Actors.Api.Demo;

/// <summary>A member who may print, and a terminal that shows on a page what it prints.</summary>
internal static class DemoPrinting
{
    public const string Surname = "Lovelace";
    public const string Number = "1815";
    private const string TerminalName = "Borne de démonstration / Demo terminal";

    /// <summary>Sees to it that both are there; the keys with the terminal's token.</summary>
    public static async Task<DemoLinks> SetUpAsync(HttpClient server, DataOptions data, DemoLinks links, CancellationToken cancellationToken)
    {
        var configuration = await server.GetFromJsonAsync<Configuration>(new Uri("/api/print/configuration", UriKind.Relative), cancellationToken);
        var members = new { users = new[] { new { username = Surname, union_number = Number, student_number = (string?)null } } };
        using var saved = await server.PostAsJsonAsync(new Uri($"{configuration!.Prefix}/is_union_member", UriKind.Relative), members, cancellationToken);
        saved.EnsureSuccessStatusCode();
        if (links.Terminal is { } kept && await IsGoodAsync(server, kept, cancellationToken))
        {
            return links;
        }

        using var made = await server.PostAsJsonAsync(new Uri("/api/print/terminals", UriKind.Relative), new { name = TerminalName }, cancellationToken);
        made.EnsureSuccessStatusCode();
        var token = (await made.Content.ReadFromJsonAsync<Created>(cancellationToken))!.Token;
        var next = links with { Terminal = token };
        next.Save(data);
        return next;
    }

    private static async Task<bool> IsGoodAsync(HttpClient server, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/auth/me", UriKind.Relative)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await server.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private sealed record Configuration([property: JsonRequired] string Prefix);

    private sealed record Created([property: JsonRequired] string Token);
}
