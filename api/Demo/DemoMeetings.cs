using System.Text.Json.Nodes;
using Actors.Api.Demo.Conferences;

namespace Actors.Api.Demo;

/// <summary>A meeting on the simulated server: its page, and links for an agent and one person.</summary>
internal static class DemoMeetings
{
    private const string Person = "Marie Dupont";

    /// <summary>Sees to it that it is there; what to print, or null where the operator has servers of his own.</summary>
    public static async Task<IReadOnlyList<(string Url, string Text)>?> SetUpAsync(HttpClient server, string url, CancellationToken cancellationToken)
    {
        var body = new
        {
            name = "Rendez-vous de démonstration / Demo meeting",
            idempotent_id = "demo",
            metadata = new { prepare = new[] { "Une pièce d'identité / An identity card" }, place = "En ligne / On line" },
        };
        using var made = await server.PostAsJsonAsync(new Uri($"/bbb/{DemoBbb.Server}/meeting/", UriKind.Relative), body, cancellationToken);
        if (made.StatusCode is System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }

        var meeting = await DataAsync(made, cancellationToken);
        var path = new Uri((string)meeting["url"]!).AbsolutePath;
        using var added = await server.PostAsJsonAsync(new Uri(path + "links/", UriKind.Relative), new { id = "marie", name = Person }, cancellationToken);
        var link = await DataAsync(added, cancellationToken);
        return
        [
            ($"{url}/meeting/{meeting["guid"]}", "the page on which users wait"),
            (At(url, meeting["join_agent_url"]!), "the agent's link"),
            (At(url, link["url"]!), $"the personal link of {Person}"),
        ];
    }

    private static async Task<JsonNode> DataAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var json = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        return json?["data"] ?? throw new InvalidOperationException($"the server answered {(int)answer.StatusCode} to a meeting: {json?["err_desc"]}");
    }

    /// <summary>The same path at the address for links: this command asked at another one.</summary>
    private static string At(string url, JsonNode link) => url + new Uri((string)link!).AbsolutePath;
}
