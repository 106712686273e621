using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Actors.Api.Tests.Support;
using Actors.TestKit.Notifications;

namespace Actors.Api.Tests.Notifications;

/// <summary>The browsers of a user.</summary>
[Collection(PushCollection.Name)]
public sealed class DeviceTests(PushApi api)
{
    private const string Point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_Twice_IsOneDevice()
    {
        using var page = await api.PageOfAsync(PushApi.NewUser());
        page.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        var device = await api.SubscribeAsync(page);

        using var again = await page.PostAsJsonAsync("/push/subscriptions".ToUri(), device.Device.ToJson(), Cancel);

        Assert.Equal(device.Id, (string?)(await again.ReadJsonAsync())["device"]!["id"]);
        var listed = Assert.Single((await api.GetAsync(page, "/push/subscriptions"))["items"]!.AsArray())!;
        Assert.Equal(("Firefox, Linux", api.Service.Origin, true), ((string?)listed["label"], (string?)listed["origin"], (bool)listed["on"]!));
        Assert.Null(listed["endpoint"]);
    }

    [Fact]
    public async Task Subscribe_BeyondTheLimit_RemovesTheOldest()
    {
        using var page = await api.PageOfAsync(PushApi.NewUser());
        var devices = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            devices.Add((await api.SubscribeAsync(page)).Id);
        }

        var listed = (await api.GetAsync(page, "/push/subscriptions"))["items"]!.AsArray().Select(device => (string)device!["id"]!);
        Assert.Equal(devices.Skip(2), listed);
    }

    [Fact]
    public async Task Device_WithItsOwnToken_RenewsItsSubscriptionAndNothingElse()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var device = await api.SubscribeAsync(page, service);
        using var worker = api.ClientWith(device.Token);
        var renewed = service.Subscribe();

        using (var answer = await worker.PostAsJsonAsync("/push/subscriptions".ToUri(), renewed.ToJson(), Cancel))
        {
            Assert.Equal(device.Id, (string?)(await answer.ReadJsonAsync())["device"]!["id"]);
        }

        await api.SendAsync(user);
        Assert.Equal(renewed.Endpoint.AbsolutePath, (await api.NextAsync(service)).Endpoint);
        foreach (var path in (string[])["/push/subscriptions", "/push/notifications", "/push/preferences"])
        {
            using var refused = await worker.GetAsync(path.ToUri(), Cancel);
            await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "device_token_only");
        }

        using (var removed = await page.DeleteAsync($"/push/subscriptions/{device.Id}".ToUri(), Cancel))
        {
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        using var late = await worker.PostAsJsonAsync("/push/subscriptions".ToUri(), renewed.ToJson(), Cancel);
        await late.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "user_token_expired");
    }

    [Fact]
    public async Task Device_ThatIsOffOrMuted_IsToldNothing_ExceptWhatIsUrgent()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var (muted, off) = (await api.SubscribeAsync(page, service), await api.SubscribeAsync(page, service));
        await ChangeAsync(page, muted.Id, """{"name":"Phone","mutedOrigins":["library"]}""");
        var changed = await ChangeAsync(page, off.Id, """{"on":false}""");
        Assert.False((bool)changed["on"]!);

        var quiet = await api.SendAsync(new { user, origin = "library", summary = "New books" });
        var urgent = await api.SendAsync(new { user, origin = "library", summary = "Fire", urgency = "high" });

        Assert.Equal(urgent, (string?)(await api.NextAsync(service)).Json["id"]);
        Assert.Empty((await api.UntilAsync(quiet, body => (bool)body["done"]!))["deliveries"]!.AsArray());
        Assert.Equal(2, (int)(await api.GetAsync(page, "/push/notifications"))["unread"]!);
    }

    [Fact]
    public async Task Device_InQuietHours_IsToldAfterThem()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);
        var now = TimeProvider.System.GetUtcNow();
        var hours = new { from = now.AddHours(-1).ToString("HH:mm", null), to = now.AddHours(2).ToString("HH:mm", null), timeZone = "Etc/UTC" };
        using (var set = await page.PutAsJsonAsync("/push/preferences".ToUri(), new { mutedOrigins = Array.Empty<string>(), quiet = hours }, Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        }

        var calm = await api.SendAsync(user);
        var urgent = await api.SendAsync(new { user, origin = "permits", summary = "Now", urgency = "high" });

        Assert.Equal(urgent, (string?)(await api.NextAsync(service)).Json["id"]);
        Assert.Equal(0, (int)(await api.DeliveredAsync(calm, "pending"))["attempts"]!);
        Assert.Equal(hours.to, (string?)(await api.GetAsync(page, "/push/preferences"))["quiet"]!["to"]);
    }

    [Fact]
    public async Task Test_ReachesThatDeviceAlone_FiveTimesAMinute()
    {
        await using var service = await PushServiceDouble.StartAsync();
        using var page = await api.PageOfAsync(PushApi.NewUser());
        page.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("fr"));
        var (one, other) = (await api.SubscribeAsync(page, service), await api.SubscribeAsync(page, service));
        for (var i = 0; i < 5; i++)
        {
            using var answer = await page.PostAsync($"/push/subscriptions/{one.Id}/test".ToUri(), content: null, Cancel);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var message = await api.NextAsync(service);
            Assert.Equal((one.Device.Endpoint.AbsolutePath, "Essai"), (message.Endpoint, (string?)message.Json["summary"]));
            var path = answer.Headers.Location!.OriginalString;
            await api.UntilAsync(page, path, body => (string?)body["items"]?[0]?["state"] == "sent");
        }

        using var tooMany = await page.PostAsync($"/push/subscriptions/{other.Id}/test".ToUri(), content: null, Cancel);
        await tooMany.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_often");
    }

    [Fact]
    public async Task Devices_AllRemoved_AreToldNothingMore()
    {
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page);
        await api.SubscribeAsync(page);

        using var answer = await page.DeleteAsync("/push/subscriptions".ToUri(), Cancel);

        Assert.Equal(2, (int)(await answer.ReadJsonAsync())["removed"]!);
        var id = await api.SendAsync(user);
        Assert.Empty((await api.UntilAsync(id, body => (bool)body["done"]!))["deliveries"]!.AsArray());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"endpoint":7}""")]
    [InlineData("""{"endpoint":"ftp://push.example.org/x","keys":{"p256dh":"P","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""")]
    [InlineData("""{"endpoint":"https://user@push.example.org/x","keys":{"p256dh":"P","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""")]
    [InlineData("""{"endpoint":"https://push.example.org/x"}""")]
    [InlineData("""{"endpoint":"https://push.example.org/x","keys":{"p256dh":"AAAA","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""")]
    [InlineData("""{"endpoint":"https://push.example.org/x","keys":{"p256dh":"BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""")]
    [InlineData("""{"endpoint":"https://push.example.org/x","keys":{"p256dh":"P","auth":"AAAA"}}""")]
    [InlineData("""{"endpoint":"https://push.example.org/x","expirationTime":"soon","keys":{"p256dh":"P","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""")]
    [InlineData("""{"endpoint":"https://push.example.org/x","replaces":7,"keys":{"p256dh":"P","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""")]
    public async Task Subscribe_WithNonsense_IsRefused(string body)
    {
        using var page = await api.PageOfAsync(PushApi.NewUser());

        using var answer = await page.PostAsync("/push/subscriptions".ToUri(), new StringContent(body.Replace("\"P\"", $"\"{Point}\"", StringComparison.Ordinal), Encoding.UTF8, "application/json"), Cancel);

        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Theory]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":"two\nlines"}""")]
    [InlineData("""{"on":"yes"}""")]
    [InlineData("""{"mutedOrigins":"library"}""")]
    [InlineData("""{"quiet":{"from":"22:00","to":"24:00","timeZone":"Europe/Paris"}}""")]
    [InlineData("""{"quiet":{"from":"22:00","to":"07:00","timeZone":"Europe/Atlantis"}}""")]
    public async Task Change_ToNonsense_IsRefused(string body)
    {
        using var page = await api.PageOfAsync(PushApi.NewUser());
        var device = await api.SubscribeAsync(page);

        using var answer = await page.PatchAsync($"/push/subscriptions/{device.Id}".ToUri(), new StringContent(body, Encoding.UTF8, "application/json"), Cancel);

        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Device_OfSomebodyElse_IsUnknown()
    {
        using var page = await api.PageOfAsync(PushApi.NewUser());
        var device = await api.SubscribeAsync(page);
        using var stranger = await api.PageOfAsync(PushApi.NewUser());

        using var changed = await stranger.PatchAsJsonAsync($"/push/subscriptions/{device.Id}".ToUri(), new { on = false }, Cancel);
        using var tested = await stranger.PostAsync($"/push/subscriptions/{device.Id}/test".ToUri(), content: null, Cancel);
        using var removed = await stranger.DeleteAsync($"/push/subscriptions/{device.Id}".ToUri(), Cancel);

        await changed.ShouldBeProblemAsync(HttpStatusCode.NotFound, "device_unknown");
        await tested.ShouldBeProblemAsync(HttpStatusCode.NotFound, "device_unknown");
        await removed.ShouldBeProblemAsync(HttpStatusCode.NotFound, "device_unknown");
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> ChangeAsync(HttpClient page, string device, string change)
    {
        using var answer = await page.PatchAsync($"/push/subscriptions/{device}".ToUri(), new StringContent(change, Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadJsonAsync();
    }
}
