using System.Net;
using System.Text.Json;
using Actors.Api.Tests.Support;
using Actors.TestKit.Hubs;
using Actors.TestKit.Notifications;

namespace Actors.Api.Tests.Notifications;

/// <summary>A user's list, on all his pages and devices.</summary>
[Collection(PushCollection.Name)]
public sealed class ListTests(PushApi api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acknowledged_OnOneDevice_DisappearsFromTheOthersAndThePages()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var (phone, desk) = (await api.SubscribeAsync(page, service), await api.SubscribeAsync(page, service));
        await using var open = await OpenAsync(page);
        Assert.Equal(0, (await NextAsync(open, "Unread")).GetInt32());
        var id = await api.SendAsync(user);
        Assert.Equal(id, (await NextAsync(open, "Notification")).GetProperty("id").GetString());
        Assert.Equal(1, (await NextAsync(open, "Unread")).GetInt32());
        await api.UntilAsync(id, body => (long?)body["counts"]!["sent"] == 2);
        await api.NextAsync(service);
        await api.NextAsync(service);
        using var worker = api.ClientWith(phone.Token);

        using (var shown = await worker.PostAsync($"/push/notifications/{id}/shown".ToUri(), content: null, Cancel))
        {
            Assert.Equal(HttpStatusCode.NoContent, shown.StatusCode);
        }

        using (var acked = await worker.PostAsync($"/push/notifications/{id}/ack".ToUri(), content: null, Cancel))
        {
            Assert.Equal(HttpStatusCode.NoContent, acked.StatusCode);
        }

        var removal = await api.NextAsync(service);
        Assert.Equal((desk.Device.Endpoint.AbsolutePath, id, true), (removal.Endpoint, (string?)removal.Json["id"], (bool)removal.Json["remove"]!));
        Assert.Equal(id, (await NextAsync(open, "Removed")).GetString());
        Assert.Equal(0, (await NextAsync(open, "Unread")).GetInt32());
        Assert.Empty((await api.GetAsync(page, "/push/notifications?new=true"))["items"]!.AsArray());
        var listed = Assert.Single((await api.GetAsync(page, "/push/notifications"))["items"]!.AsArray())!;
        Assert.Equal((true, false), ((bool)listed["acked"]!, (bool)listed["forgotten"]!));
        var deliveries = (await api.GetAsync(page, $"/push/notifications/{id}/deliveries"))["items"]!.AsArray();
        Assert.NotNull((string?)deliveries.Single(delivery => (string?)delivery!["device"] == phone.Id)!["shown"]);
        Assert.Null((string?)deliveries.Single(delivery => (string?)delivery!["device"] == desk.Id)!["shown"]);
        Assert.False(service.HasMore);
    }

    [Fact]
    public async Task Forgotten_OnAPage_IsOnNoList()
    {
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var id = await api.SendAsync(user);
        await api.UntilAsync(page, "/push/notifications", body => (int)body["unread"]! == 1);
        await using var open = await OpenAsync(page);

        await open.InvokeAsync("Forget", Cancel, id);

        Assert.Empty((await api.GetAsync(page, "/push/notifications"))["items"]!.AsArray());
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => open.InvokeAsync("Acknowledge", Cancel, "nothing"));
        Assert.StartsWith("notification_unknown: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acknowledged_BeforeItWasSent_IsNotSent()
    {
        await using var service = await PushServiceDouble.StartAsync();
        service.Answer = (_, response) =>
        {
            response.StatusCode = 503;
            response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);
        var id = await api.SendAsync(user);
        await api.DeliveredAsync(id, "retrying");

        using var acked = await page.PostAsync($"/push/notifications/{id}/ack".ToUri(), content: null, Cancel);

        await api.DeliveredAsync(id, "expired");
    }

    [Fact]
    public async Task List_InParts_IsWholeAndInOrder()
    {
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var sent = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            sent.Add(await api.SendAsync(user));
            await api.UntilAsync(page, "/push/notifications", body => (int)body["unread"]! == sent.Count);
        }

        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var part = await api.GetAsync(page, $"/push/notifications?limit=3&cursor={cursor}");
            listed.AddRange(part["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)part["cursor"];
        }
        while (cursor is not null);

        sent.Reverse();
        Assert.Equal(sent, listed);
        foreach (var query in (string[])["cursor=%21", "cursor=AAAA", "limit=0", "limit=101", "new=perhaps"])
        {
            using var refused = await page.GetAsync($"/push/notifications?{query}".ToUri(), Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Notification_OfSomebodyElse_IsUnknown()
    {
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var id = await api.SendAsync(user);
        await api.UntilAsync(page, "/push/notifications", body => (int)body["unread"]! == 1);
        using var stranger = await api.PageOfAsync(PushApi.NewUser());

        foreach (var verb in (string[])["ack", "forget", "shown"])
        {
            using var answer = await stranger.PostAsync($"/push/notifications/{id}/{verb}".ToUri(), content: null, Cancel);
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "notification_unknown");
        }

        Assert.Empty((await api.GetAsync(stranger, $"/push/notifications/{id}/deliveries"))["items"]!.AsArray());
        Assert.Equal(1, (int)(await api.GetAsync(page, "/push/notifications"))["unread"]!);
    }

    private Task<HubClient> OpenAsync(HttpClient page) => HubClient.ConnectAsync(
        new UriBuilder(api.Process.BaseAddress) { Scheme = "ws", Path = "/hubs/notifications", Query = "access_token=" + page.DefaultRequestHeaders.Authorization!.Parameter }.Uri, Cancel);

    private static async Task<JsonElement> NextAsync(HubClient open, string method)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        var told = await open.Events.ReadAsync(patience.Token);
        Assert.Equal(method, told.Method);
        return told.Arguments[0];
    }
}
