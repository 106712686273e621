using System.Net;
using System.Net.Http.Json;
using System.Text;
using Actors.Api.Tests.Support;
using Actors.TestKit.Notifications;

namespace Actors.Api.Tests.Notifications;

/// <summary>What a portal's server sends.</summary>
[Collection(PushCollection.Name)]
public sealed class PortalTests(PushApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_TheSameAgain_IsTheSame_AndAnotherIsRefused()
    {
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var message = new { id = $"ready-{user}", user, origin = "permits", summary = "Ready" };

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.SendAsync(message)));

        Assert.Equal([message.id], ids.Distinct());
        await api.UntilAsync(page, "/push/notifications", body => (int)body["unread"]! == 1);
        Assert.Single((await api.GetAsync(page, "/push/notifications"))["items"]!.AsArray());
        using var other = await api.Portal.PostAsJsonAsync("/api/notifications".ToUri(), new { message.id, user, origin = "permits", summary = "Other" }, Cancel);
        await other.ShouldBeProblemAsync(HttpStatusCode.Conflict, "not_unique");
    }

    [Fact]
    public async Task Send_WithAnIdempotencyKey_IsOneMessageForEachKey()
    {
        var user = PushApi.NewUser();
        var ids = new List<string>();
        foreach (var key in (string[])["a", "a", "b"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/notifications") { Content = JsonContent.Create(new { user, origin = "permits", summary = "Ready" }) };
            request.Headers.Add("Idempotency-Key", $"{user}-{key}");
            using var answer = await api.Portal.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            ids.Add((string)(await answer.ReadJsonAsync())["id"]!);
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public async Task Send_ToAList_NamesEachNotification()
    {
        string[] users = [PushApi.NewUser(), PushApi.NewUser(), "Žofie / 漢字"];
        using var answer = await api.Portal.PostAsJsonAsync("/api/notifications".ToUri(), new { users = users.Append(users[0]), origin = "permits", summary = "Ready" }, Cancel);

        var body = await answer.ReadJsonAsync();

        var ids = body["ids"]!.AsArray().Select(id => (string)id!).ToList();
        Assert.Equal(users.Length, ids.Distinct().Count());
        await api.UntilAsync((string)body["id"]!, message => (bool)message["done"]! && (int)message["told"]! == users.Length);
        for (var i = 0; i < users.Length; i++)
        {
            using var page = await api.PageOfAsync(users[i]);
            Assert.Equal(ids[i], (string?)(await api.GetAsync(page, "/push/notifications"))["items"]![0]!["id"]);
        }
    }

    [Fact]
    public async Task Send_ToAGroup_ReachesThoseWhoBelongToItThen()
    {
        string[] users = [PushApi.NewUser(), PushApi.NewUser(), PushApi.NewUser()];
        var group = $"/api/groups/staff-{users[0]}/members".ToUri();
        await api.Portal.PutAsJsonAsync(group, new { users = users.Take(2) }, Cancel);
        using (var removed = await api.Portal.SendAsync(new HttpRequestMessage(HttpMethod.Delete, group) { Content = JsonContent.Create(new { users = new[] { users[1] } }) }, Cancel))
        {
            Assert.Equal(1, (int)(await removed.ReadJsonAsync())["count"]!);
        }

        var id = await api.SendAsync(new { group = $"staff-{users[0]}", origin = "staff", summary = "Meeting" });
        await api.UntilAsync(id, message => (bool)message["done"]!);
        await api.Portal.PostAsJsonAsync(group, new { users = new[] { users[2] } }, Cancel);

        var told = new List<int>();
        foreach (var user in users)
        {
            using var page = await api.PageOfAsync(user);
            told.Add((int)(await api.GetAsync(page, "/push/notifications"))["unread"]!);
        }

        Assert.Equal([1, 0, 0], told);
        var listed = await api.GetAsync(api.Portal, group.OriginalString);
        Assert.Equal(users.Where((_, i) => i != 1).Order(StringComparer.Ordinal), listed["users"]!.AsArray().Select(user => (string)user!));
        Assert.Equal(2, (int)listed["count"]!);
    }

    [Fact]
    public async Task Send_ForLater_IsSaidThen()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);
        var from = TimeProvider.System.GetUtcNow().AddSeconds(2);

        await api.SendAsync(new { user, origin = "permits", summary = "Later", validFrom = from });
        Assert.Equal(0, (int)(await api.GetAsync(page, "/push/notifications"))["unread"]!);

        await api.NextAsync(service);
        Assert.True(TimeProvider.System.GetUtcNow() >= from);
    }

    [Fact]
    public async Task Send_LongTexts_ArriveCut_AndAreWholeOnTheList()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);
        var body = string.Concat(Enumerable.Repeat("😀 Привет\n", 180));

        await api.SendAsync(new { user, origin = "permits", summary = new string('é', 200), body, url = "https://example.org/" + new string('u', 900), image = "https://example.org/" + new string('i', 900) });

        var message = await api.NextAsync(service);
        Assert.True(Encoding.UTF8.GetByteCount(message.Text) <= 2_700, "for bridges to old Androids");
        var text = (string)message.Json["body"]!;
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.StartsWith(text[..^1], body, StringComparison.Ordinal);
        Assert.Equal(body, (string?)(await api.GetAsync(page, "/push/notifications"))["items"]![0]!["body"]);
        Assert.Empty(service.Wrong);
    }

    [Theory]
    [InlineData("""{"origin":"o","summary":"s"}""")]
    [InlineData("""{"user":"a","group":"g","origin":"o","summary":"s"}""")]
    [InlineData("""{"user":"a","summary":"s"}""")]
    [InlineData("""{"user":"a","origin":"o"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":""}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"two\nlines"}""")]
    [InlineData("""{"user":"","origin":"o","summary":"s"}""")]
    [InlineData("""{"users":[],"origin":"o","summary":"s"}""")]
    [InlineData("""{"users":[7],"origin":"o","summary":"s"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","url":"javascript:alert(1)"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","url":"//evil.example.org"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","icon":"data:image/png;base64,AA"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","ttl":-1}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","ttl":"1h"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","urgency":"urgent"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","topic":"no spaces"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","actions":[{"action":"a"}]}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","actions":[{},{},{}]}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","validTo":"2001-01-01T00:00:00Z"}""")]
    [InlineData("""{"user":"a","origin":"o","summary":"s","validFrom":"soon"}""")]
    [InlineData("""{"id":"a b","user":"a","origin":"o","summary":"s"}""")]
    [InlineData("7")]
    public async Task Send_Nonsense_IsRefused(string body)
    {
        using var answer = await api.Portal.PostAsync("/api/notifications".ToUri(), new StringContent(body, Encoding.UTF8, "application/json"), Cancel);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.NotNull((string?)problem["detail"]);
    }

    [Theory]
    [InlineData("GET", "/push/subscriptions")]
    [InlineData("GET", "/push/notifications")]
    [InlineData("POST", "/push/notifications/x/ack")]
    [InlineData("GET", "/hubs/notifications?access_token=usr_AAAA.AAAA")]
    public async Task Users_WithoutAToken_AreTurnedAway(string method, string path)
    {
        using var anybody = new HttpClient { BaseAddress = api.Process.BaseAddress };
        using var answer = await anybody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);

        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "user_token_needed");
    }

    [Fact]
    public async Task Token_OfAUser_OpensNothingOfThePortals_AndAForgedOneNothing()
    {
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        using var refused = await page.PostAsJsonAsync("/api/notifications".ToUri(), new { user, origin = "o", summary = "s" }, Cancel);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");

        var token = page.DefaultRequestHeaders.Authorization!.Parameter!;
        using var forged = api.ClientWith(token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1]);
        using var answer = await forged.GetAsync("/push/notifications".ToUri(), Cancel);
        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "user_token_needed");
    }

    [Fact]
    public async Task Unknown_Notification_IsNotFound()
    {
        using var answer = await api.Portal.GetAsync("/api/notifications/nothing".ToUri(), Cancel);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "notification_unknown");
    }
}
