using System.Globalization;
using System.Text.Json.Nodes;
using Actors.TestKit.Notifications;
using Microsoft.AspNetCore.Http;

namespace Actors.Api.Tests.Notifications;

/// <summary>What happens between a notification and a browser, over a push service of our own.</summary>
[Collection(PushCollection.Name)]
public sealed class DeliveryTests(PushApi api)
{
    [Fact]
    public async Task Notification_IsReadByTheBrowser_AndByNobodyElse()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        var device = await api.SubscribeAsync(page, service);

        var id = await api.SendAsync(new
        {
            user,
            origin = "permits",
            summary = "Ready",
            body = "Bring your passport.",
            url = "https://portal.example.org/4711",
            icon = "/icon.png",
            actions = new[] { new { action = "ack", title = "OK" } },
            urgency = "high",
            ttl = 3600,
            locale = "en",
        });

        var message = await api.NextAsync(service);
        var expected = $$"""{"id":"{{id}}","tag":"{{id}}","origin":"permits","summary":"Ready","body":"Bring your passport.","url":"https://portal.example.org/4711","icon":"/icon.png","locale":"en","actions":[{"action":"ack","title":"OK"}]}""";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), message.Json), message.Text);
        Assert.Equal((device.Device.Endpoint.AbsolutePath, "high"), (message.Endpoint, message.Headers["urgency"]));
        Assert.InRange(int.Parse(message.Headers["ttl"], CultureInfo.InvariantCulture), 3_500, 3_600);
        Assert.Equal(32, message.Headers["topic"].Length);
        var delivery = await api.DeliveredAsync(id, "sent");
        Assert.Equal((device.Id, 1, 201), ((string?)delivery["device"], (int)delivery["attempts"]!, (int)delivery["lastStatus"]!));
        Assert.Empty(service.Wrong);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Service_ThatCannotNow_IsAskedAgain(int status)
    {
        await using var service = await PushServiceDouble.StartAsync();
        var refusals = 2;
        service.Answer = (_, response) =>
        {
            response.StatusCode = refusals-- > 0 ? status : 201;
            return Task.CompletedTask;
        };
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);

        var id = await api.SendAsync(user);

        await api.NextAsync(service);
        Assert.Equal(3, (int)(await api.DeliveredAsync(id, "sent"))["attempts"]!);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Subscription_ThatHasEnded_IsRemoved(int status)
    {
        await using var service = await PushServiceDouble.StartAsync();
        service.Answer = (_, response) =>
        {
            response.StatusCode = status;
            return Task.CompletedTask;
        };
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);

        var id = await api.SendAsync(user);

        Assert.Equal(status, (int)(await api.DeliveredAsync(id, "gone"))["lastStatus"]!);
        await api.UntilAsync(page, "/push/subscriptions", body => body["items"]!.AsArray().Count == 0);
        await api.SendAsync(user);
        Assert.Equal(1, service.Requests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Keys_ThatAreRefused_KeepTheDeviceAndTheNotification(int status)
    {
        await using var service = await PushServiceDouble.StartAsync();
        service.Answer = (_, response) =>
        {
            response.StatusCode = status;
            return Task.CompletedTask;
        };
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);

        var id = await api.SendAsync(user);

        Assert.Equal(status, (int)(await api.DeliveredAsync(id, "retrying"))["lastStatus"]!);
        var devices = await api.UntilAsync(page, "/push/subscriptions", body => (int?)body["items"]?[0]?["strikes"] == 1);
        Assert.Equal(status, (int)devices["items"]![0]!["lastStatus"]!);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task Message_ThatIsRefused_IsNotSentAgain(int status)
    {
        await using var service = await PushServiceDouble.StartAsync();
        service.Answer = (_, response) =>
        {
            response.StatusCode = status;
            return Task.CompletedTask;
        };
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);

        var id = await api.SendAsync(user);

        Assert.Equal(1, (int)(await api.DeliveredAsync(id, "failed"))["attempts"]!);
        Assert.Single((await api.GetAsync(page, "/push/subscriptions"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var service = await PushServiceDouble.StartAsync();
        await using var inside = await PushServiceDouble.StartAsync();
        var secret = inside.Subscribe();
        service.Answer = (_, response) =>
        {
            response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            response.Headers.Location = secret.Endpoint.AbsoluteUri;
            return Task.CompletedTask;
        };
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);

        var id = await api.SendAsync(user);

        Assert.Equal(307, (int)(await api.DeliveredAsync(id, "failed"))["lastStatus"]!);
        Assert.Equal(0, inside.Requests);
    }

    [Fact]
    public async Task Service_ThatClosesConnections_IsAskedAgain()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var cuts = 2;
        service.Answer = (_, response) =>
        {
            if (cuts-- > 0)
            {
                response.HttpContext.Abort();
            }

            return Task.CompletedTask;
        };
        var user = PushApi.NewUser();
        using var page = await api.PageOfAsync(user);
        await api.SubscribeAsync(page, service);

        var id = await api.SendAsync(user);

        Assert.Equal(3, (int)(await api.DeliveredAsync(id, "sent"))["attempts"]!);
    }

    [Fact]
    public async Task Service_ThatWasDown_GetsEverythingAfterwards()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var users = Enumerable.Range(0, 40).Select(_ => PushApi.NewUser()).ToList();
        foreach (var user in users)
        {
            using var page = await api.PageOfAsync(user);
            await api.SubscribeAsync(page, service);
        }

        await service.KillAsync();
        var id = await api.SendAsync(new { users, origin = "permits", summary = "Closed on Monday" });
        await api.UntilAsync(id, body => (long?)body["counts"]!["retrying"] > 0);
        await service.StartAgainAsync();

        var message = await api.UntilAsync(id, body => (long?)body["counts"]!["sent"] == users.Count);
        Assert.Equal((users.Count, users.Count, true), ((int)message["total"]!, (int)message["told"]!, (bool)message["done"]!));
    }

    [Fact]
    public async Task RetryAfter_IsKept()
    {
        await using var service = await PushServiceDouble.StartAsync();
        service.Answer = (_, response) =>
        {
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };
        var (one, other) = (PushApi.NewUser(), PushApi.NewUser());
        using var page = await api.PageOfAsync(one);
        await api.SubscribeAsync(page, service);
        using var otherPage = await api.PageOfAsync(other);
        await api.SubscribeAsync(otherPage, service);
        var id = await api.SendAsync(one);
        await api.DeliveredAsync(id, "retrying");

        // nothing else is sent there either, whosever it is
        var before = service.Requests;
        var second = await api.SendAsync(one);
        await api.UntilAsync(second, body => (bool)body["done"]!);
        await using var quick = await PushServiceDouble.StartAsync();
        await api.SubscribeAsync(page, quick);
        var third = await api.SendAsync(one);
        await api.NextAsync(quick);
        await api.UntilAsync(third, body => body["deliveries"]!.AsArray().Any(delivery => (string?)delivery!["state"] == "sent"));
        Assert.Equal(before, service.Requests);
    }

    [Fact]
    public async Task Server_KilledWithMessagesUnderWay_SendsThemAfterItsStart()
    {
        await using var service = await PushServiceDouble.StartAsync();
        var hold = new TaskCompletionSource();
        service.Answer = (_, _) => hold.Task;
        var users = Enumerable.Range(0, 20).Select(_ => PushApi.NewUser()).ToList();
        foreach (var user in users)
        {
            using var page = await api.PageOfAsync(user);
            await api.SubscribeAsync(page, service);
        }

        var id = await api.SendAsync(new { users, origin = "permits", summary = "Closed on Monday" });
        await api.UntilAsync(id, _ => service.Requests > 0);
        await api.Process.KillAsync();
        hold.SetResult();
        await api.RestartAsync();

        await api.UntilAsync(id, body => (long?)body["counts"]!["sent"] == users.Count && (bool)body["done"]!);
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < users.Count || service.HasMore; i++)
        {
            var message = await api.NextAsync(service);

            // what came twice has the same topic: the browser shows it once
            Assert.Equal(message.Headers["topic"], told.GetValueOrDefault(message.Endpoint) ?? (told[message.Endpoint] = message.Headers["topic"]));
        }

        Assert.Equal(users.Count, told.Count);
    }
}
