using System.Text.Json.Nodes;

namespace Actors.TestKit.Notifications;

/// <summary>What a push service of our own was sent.</summary>
/// <param name="Endpoint">The path of the endpoint.</param>
/// <param name="Headers">The headers of the request, by their names in lower case.</param>
/// <param name="Text">What the browser read.</param>
/// <param name="Status">What was answered.</param>
public sealed record PushedMessage(string Endpoint, IReadOnlyDictionary<string, string> Headers, string Text, int Status)
{
    /// <summary>The request's body, encrypted.</summary>
    public required byte[] Body { get; init; }

    /// <summary>By which it came, such as <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>What the service worker gets.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;
}
