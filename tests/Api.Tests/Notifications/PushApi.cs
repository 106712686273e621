using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Notifications;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Notifications;

/// <summary>A server with a push service of our own.</summary>
public sealed class PushApi : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly string[] s_settings = ["--Push:AllowPrivateEndpoints=true", "--Push:RetryDelay=00:00:00.0500000", "--Push:SweepInterval=00:00:00.5000000"];
    private static int s_users;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ApiProcess Process { get; private set; } = null!;

    public PushServiceDouble Service { get; private set; } = null!;

    /// <summary>The portal's server.</summary>
    public HttpClient Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await PushServiceDouble.StartAsync();
        Process = await ApiProcess.StartAsync(CancellationToken.None, s_settings);
        Portal = Process.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        Portal.Dispose();
        await Process.DisposeAsync();
        await Service.DisposeAsync();
    }

    /// <summary>kill -9, and a start on what it had stored.</summary>
    public async Task RestartAsync()
    {
        await Process.KillAsync();
        await Process.RestartAsync(Cancel, s_settings);
    }

    public static string NewUser() => $"ada-{Interlocked.Increment(ref s_users)}";

    /// <summary>A page of a user.</summary>
    public async Task<HttpClient> PageOfAsync(string user)
    {
        using var answer = await Portal.PostAsync($"/api/users/{Uri.EscapeDataString(user)}/tokens".ToUri(), content: null, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return ClientWith((string)(await answer.ReadJsonAsync())["token"]!);
    }

    public HttpClient ClientWith(string token)
    {
        var client = new HttpClient { BaseAddress = Process.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A browser of a user subscribes.</summary>
    public async Task<SubscribedDevice> SubscribeAsync(HttpClient page, PushServiceDouble? service = null)
    {
        var device = (service ?? Service).Subscribe();
        using var answer = await page.PostAsJsonAsync("/push/subscriptions".ToUri(), device.ToJson(), Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await answer.ReadJsonAsync();
        return new SubscribedDevice((string)body["device"]!["id"]!, (string)body["token"]!, device);
    }

    /// <summary>Notifies; the id.</summary>
    public async Task<string> SendAsync(object message)
    {
        using var answer = await Portal.PostAsJsonAsync("/api/notifications".ToUri(), message, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (string)(await answer.ReadJsonAsync())["id"]!;
    }

    public Task<string> SendAsync(string user) => SendAsync(new { user, origin = "permits", summary = "Ready" });

    public async Task<JsonNode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path.ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadJsonAsync();
    }

    /// <summary>What the portal is told of a notification, once that holds.</summary>
    public Task<JsonNode> UntilAsync(string notification, Predicate<JsonNode> holds) => UntilAsync(Portal, $"/api/notifications/{notification}", holds);

    public async Task<JsonNode> UntilAsync(HttpClient client, string path, Predicate<JsonNode> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using var answer = await client.GetAsync(path.ToUri(), Cancel);
            var body = await answer.ReadJsonAsync();
            if (answer.IsSuccessStatusCode && holds(body))
            {
                return body;
            }

            Assert.False(patience.IsCancellationRequested, $"{path} stays {body.ToJsonString()}");
            await Task.Delay(Pause, TimeProvider.System, Cancel);
        }
    }

    /// <summary>Until the only delivery of a notification stands so.</summary>
    public async Task<JsonNode> DeliveredAsync(string notification, string state) =>
        (await UntilAsync(notification, body => body["deliveries"]!.AsArray() is [var delivery] && (string?)delivery!["state"] == state))["deliveries"]![0]!;

    public async Task<PushedMessage> NextAsync(PushServiceDouble? service = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        return await (service ?? Service).NextAsync(patience.Token);
    }
}

/// <summary>A browser that was subscribed.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Token">The device's token.</param>
/// <param name="Device">The browser.</param>
public sealed record SubscribedDevice(string Id, string Token, PushDevice Device);
