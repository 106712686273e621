using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Meetings;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Meetings;

/// <summary>A server with BigBlueButton servers of our own behind it: one by four algorithms, and two of a pool.</summary>
public sealed class MeetingApi : IAsyncLifetime
{
    /// <summary>Personal links that a meeting may have here.</summary>
    public const int MaxLinks = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static int s_ids;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ApiProcess Process { get; private set; } = null!;

    public BbbDouble Alone { get; private set; } = null!;

    public IReadOnlyList<BbbDouble> Pool { get; private set; } = [];

    /// <summary>Somebody without a token, who follows no redirects.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Alone = await BbbDouble.StartAsync();
        Pool = [await BbbDouble.StartAsync(), await BbbDouble.StartAsync()];
        Process = await ApiProcess.StartAsync(CancellationToken.None, [.. Settings()]);
        Anyone = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Process.BaseAddress };
        Admin = Process.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        Anyone.Dispose();
        Admin.Dispose();
        await Process.DisposeAsync();
        await Alone.DisposeAsync();
        foreach (var server in Pool)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>kill -9, and a start on what it had stored.</summary>
    public async Task RestartAsync()
    {
        await Process.KillAsync();
        await Process.RestartAsync(Cancel, [.. Settings()]);
    }

    public static string NewId() => $"form-{Interlocked.Increment(ref s_ids)}";

    public Task<HttpResponseMessage> PostAsync(object body, string slug = "sha256") => Admin.PostAsJsonAsync($"/bbb/{slug}/meeting/".ToUri(), body, Cancel);

    /// <summary>A meeting that is made; its data.</summary>
    public async Task<JsonNode> CreateAsync(object body, string slug = "sha256")
    {
        using var answer = await PostAsync(body, slug);
        var json = await answer.ReadJsonAsync();
        Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, (int)json["err"]!));
        return json["data"]!;
    }

    public Task<JsonNode> CreateAsync(string slug = "sha256") => CreateAsync(new { name = "Rendez-vous", idempotent_id = NewId() }, slug);

    /// <summary>What a link answers to a browser.</summary>
    public Task<HttpResponseMessage> OpenAsync(JsonNode link, string accept = "text/html", string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, (string)link! + query);
        request.Headers.Add("Accept", accept);
        return Anyone.SendAsync(request, Cancel);
    }

    /// <summary>Follows a link into the conference; where that was.</summary>
    public async Task<Uri> EnterAsync(JsonNode link, string query = "")
    {
        using var redirect = await OpenAsync(link, query: query);
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        using var page = await Anyone.GetAsync(redirect.Headers.Location, Cancel);
        Assert.Contains("id=\"person\"", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        return redirect.Headers.Location!;
    }

    public async Task<JsonNode> ReadAsync(JsonNode url)
    {
        using var answer = await Anyone.GetAsync((string)url!, Cancel);
        return (await answer.ReadJsonAsync())["data"]!;
    }

    public async Task UntilRunningAsync(JsonNode meeting, bool running)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        late.CancelAfter(Patience);
        while ((bool)await ReadAsync(meeting["is_running_url"]!) != running)
        {
            Assert.False(late.IsCancellationRequested, $"is-running is not {running}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }

    public static async Task IsErrorAsync(HttpResponseMessage answer, HttpStatusCode status, string kind)
    {
        var json = await answer.ReadJsonAsync();
        Assert.Equal((status, 1, kind, (JsonNode?)null), (answer.StatusCode, (int)json["err"]!, (string)json["err_class"]!, json["data"]));
        Assert.NotEqual("", (string)json["err_desc"]!);
    }

    private IEnumerable<string> Settings()
    {
        foreach (var algorithm in (string[])["sha1", "sha256", "sha384", "sha512"])
        {
            yield return $"--Bbb:Servers:{algorithm}:Url={Alone.Address}";
            yield return $"--Bbb:Servers:{algorithm}:Secret={Alone.Secret}";
            yield return $"--Bbb:Servers:{algorithm}:Algorithm={algorithm}";
        }

        for (var i = 0; i < Pool.Count; i++)
        {
            yield return $"--Bbb:Servers:p{i}:Url={Pool[i].Address}";
            yield return $"--Bbb:Servers:p{i}:Secret={Pool[i].Secret}";
        }

        yield return "--Bbb:Pools:pool=p0,p1";
        yield return $"--Bbb:Servers:wrong:Url={Alone.Address}";
        yield return "--Bbb:Servers:wrong:Secret=another";
        yield return $"--Bbb:Servers:rolling:Url={Alone.Address}";
        yield return "--Bbb:Servers:rolling:Secret=the-next-one";
        yield return $"--Bbb:Servers:rolling:PreviousSecret={Alone.Secret}";
        yield return $"--Bbb:MaxLinks={MaxLinks}";
        yield return "--Bbb:Timeout=00:00:01";
        yield return "--Bbb:Patience=00:00:04";
        yield return "--Bbb:PollInterval=00:00:00.2";
        yield return "--Limits:Misses=100000";
        yield return "--Limits:TotalMisses=1000000";
    }
}

/// <summary>Tests that share one.</summary>
[CollectionDefinition(Name)]
public sealed class MeetingCollection : ICollectionFixture<MeetingApi>
{
    public const string Name = "meetings";
}
