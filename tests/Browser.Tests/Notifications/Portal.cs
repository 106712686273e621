using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Notifications;
using Actors.TestKit.Processes;

namespace Actors.Browser.Tests.Notifications;

/// <summary>A server, a push service of our own, and what a portal's server does.</summary>
internal sealed class Portal : IAsyncDisposable
{
    private readonly HttpClient _http;

    private Portal(ApiProcess api, PushServiceDouble service) => (Api, Service, _http) = (api, service, api.CreateClient());

    public ApiProcess Api { get; }

    public PushServiceDouble Service { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Portal> StartAsync(params string[] settings)
    {
        var service = await PushServiceDouble.StartAsync();
        return new Portal(await ApiProcess.StartAsync(Token, ["--Push:AllowPrivateEndpoints=true", .. settings]), service);
    }

    /// <summary>A token of a user.</summary>
    public async Task<string> TokenOfAsync(string user)
    {
        using var answer = await _http.PostAsync(new Uri($"/api/users/{user}/tokens", UriKind.Relative), content: null, Token);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("token").GetString()!;
    }

    /// <summary>The page of a user.</summary>
    public async Task<string> PageOfAsync(string user) => new Uri(Api.BaseAddress, $"/notifications#token={await TokenOfAsync(user)}").AbsoluteUri;

    /// <summary>Notifies; the id.</summary>
    public async Task<string> SendAsync(object message)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri("/api/notifications", UriKind.Relative), message, Token);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Api.DisposeAsync();
        await Service.DisposeAsync();
    }
}
