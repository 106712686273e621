using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Actors.Api.Demo.Devices;
using Actors.Silo.Settings;

namespace Actors.Api.Demo;

/// <summary>A user of a portal with a simulated device, and something that he is notified of.</summary>
internal static class DemoNotifications
{
    private const string User = "demo";
    private const int AuthBytes = 16;

    /// <summary>Sees to it that both are there; what to print, or null where the server simulates no devices.</summary>
    public static async Task<IReadOnlyList<(string Url, string Text)>?> SetUpAsync(HttpClient server, string url, DataOptions data, DemoLinks links, CancellationToken cancellationToken)
    {
        var device = links.Device ?? Guid.NewGuid().ToString("n");
        using (var screen = await server.GetAsync(new Uri(DemoDeviceExtensions.Prefix + device, UriKind.Relative), cancellationToken))
        {
            if (!screen.IsSuccessStatusCode)
            {
                return null;
            }
        }

        using var minted = await server.PostAsync(new Uri($"/api/users/{User}/tokens", UriKind.Relative), content: null, cancellationToken);
        var token = (string)(await JsonAsync(minted, cancellationToken))["token"]!;
        if (links.Device is null)
        {
            await SubscribeAsync(server, token, device, cancellationToken);
            (links with { Device = device }).Save(data);
        }

        var message = new
        {
            user = User,
            origin = "demo",
            summary = "Votre permis est prêt / Your permit is ready",
            body = "Apportez une pièce d'identité.\nBring an identity card.",
            url = "https://www.example.org/",
            actions = new[] { new { action = "ack", title = "OK" } },
        };
        using var sent = await server.PostAsJsonAsync(new Uri("/api/notifications", UriKind.Relative), message, cancellationToken);
        await JsonAsync(sent, cancellationToken);
        return
        [
            ($"{url}/notifications#token={token}", "his page, for an hour"),
            ($"{url}{DemoDeviceExtensions.Prefix}{device}", "what his device shows"),
        ];
    }

    private static async Task SubscribeAsync(HttpClient server, string token, string device, CancellationToken cancellationToken)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var subscription = new
        {
            endpoint = $"https://{DemoPushSender.Host}/{device}",
            keys = new { p256dh = Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]), auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(AuthBytes)) },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/push/subscriptions", UriKind.Relative))
        {
            Content = JsonContent.Create(subscription),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        using var answer = await server.SendAsync(request, cancellationToken);
        await JsonAsync(answer, cancellationToken);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var json = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        return answer.IsSuccessStatusCode ? json! : throw new InvalidOperationException($"the server answered {(int)answer.StatusCode} to a notification: {json?["detail"] ?? json?["title"]}");
    }
}
