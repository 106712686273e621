using System.Text.Json;

namespace Actors.TestKit.Hubs;

/// <summary>A call that the server made to its client.</summary>
/// <param name="Method">The client's method.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record HubEvent(string Method, IReadOnlyList<JsonElement> Arguments);
