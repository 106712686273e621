using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Actors.Notifications;
using Actors.TestKit.Notifications;
using Actors.TestKit.Relays;
using Microsoft.AspNetCore.Http;

namespace Actors.Unit.Tests.Notifications;

public sealed class PushSenderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(2_743)]
    [InlineData(2_744)]
    [InlineData(3_992)]
    [InlineData(3_993)]
    public async Task Send_OfAnyLength_IsReadByABrowserThatIsNotOurs(int length)
    {
        await using var plant = await PushPlant.StartAsync();
        await using var reader = new PushReader();
        var device = plant.Service.Subscribe();
        // printable, since the double reads text
        var payload = RandomNumberGenerator.GetItems("abcdefghijklmnopqrstuvwxyz0123456789"u8, length);

        var answer = await plant.SendAsync(new PushMessage(device.Endpoint, device.P256dh, device.Auth, payload, TtlSeconds: 0, Urgency: null, Topic: null));

        Assert.Equal(new PushAnswer(PushAnswerKind.Accepted, Status: 201, RetryAfter: null, Detail: null), answer);
        var push = await plant.Service.NextAsync(Cancel);
        Assert.Equal(payload, await reader.ReadAsync(device, push.Body, Cancel));
        var stranger = plant.Service.Subscribe();
        await Assert.ThrowsAsync<InvalidDataException>(() => reader.ReadAsync(stranger, push.Body, Cancel));
    }

    [Fact]
    public async Task Send_HasTheHeadersOfTheStandards()
    {
        await using var plant = await PushPlant.StartAsync();

        await plant.SendAsync(plant.Message() with { TtlSeconds = 2_419_200, Urgency = "high", Topic = "Ab-_0123456789Ab-_0123456789Ab-_" });

        var push = await plant.Service.NextAsync(Cancel);
        Assert.Equal("2419200", push.Headers["ttl"]);
        Assert.Equal("high", push.Headers["urgency"]);
        Assert.Equal("Ab-_0123456789Ab-_0123456789Ab-_", push.Headers["topic"]);
        Assert.Equal("aes128gcm", push.Headers["content-encoding"]);
        Assert.Equal("application/octet-stream", push.Headers["content-type"]);
        Assert.Equal((await plant.Keys.GetAsync(Cancel)).PublicKey, VapidProof.Read(push.Headers["authorization"], plant.Service.Origin, plant.Time.GetUtcNow()).Key);
        Assert.Equal(
            ["authorization", "content-encoding", "content-length", "content-type", "host", "topic", "ttl", "urgency"],
            push.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(plant.Service.Wrong);
    }

    [Fact]
    public async Task Send_WithoutUrgencyAndTopic_LeavesThemToTheService()
    {
        await using var plant = await PushPlant.StartAsync();

        await plant.SendAsync(plant.Message());

        var push = await plant.Service.NextAsync(Cancel);
        Assert.DoesNotContain(push.Headers.Keys, name => name is "urgency" or "topic");
    }

    [Theory]
    [InlineData(200, PushAnswerKind.Accepted)]
    [InlineData(201, PushAnswerKind.Accepted)]
    [InlineData(202, PushAnswerKind.Accepted)]
    [InlineData(204, PushAnswerKind.Accepted)]
    [InlineData(300, PushAnswerKind.Wrong)]
    [InlineData(304, PushAnswerKind.Wrong)]
    [InlineData(400, PushAnswerKind.Wrong)]
    [InlineData(401, PushAnswerKind.Refused)]
    [InlineData(402, PushAnswerKind.Wrong)]
    [InlineData(403, PushAnswerKind.Refused)]
    [InlineData(404, PushAnswerKind.Gone)]
    [InlineData(405, PushAnswerKind.Wrong)]
    [InlineData(408, PushAnswerKind.Retry)]
    [InlineData(410, PushAnswerKind.Gone)]
    [InlineData(413, PushAnswerKind.Wrong)]
    [InlineData(425, PushAnswerKind.Retry)]
    [InlineData(429, PushAnswerKind.Retry)]
    [InlineData(499, PushAnswerKind.Wrong)]
    [InlineData(500, PushAnswerKind.Retry)]
    [InlineData(501, PushAnswerKind.Retry)]
    [InlineData(502, PushAnswerKind.Retry)]
    [InlineData(503, PushAnswerKind.Retry)]
    [InlineData(504, PushAnswerKind.Retry)]
    [InlineData(507, PushAnswerKind.Retry)]
    [InlineData(599, PushAnswerKind.Retry)]
    public async Task Send_EveryStatus_IsJudged(int status, PushAnswerKind kind)
    {
        await using var plant = await PushPlant.StartAsync();
        plant.Answer(status);

        var answer = await plant.SendAsync(plant.Message());

        Assert.Equal((kind, status), (answer.Kind, answer.Status));
        Assert.Equal(1, plant.Service.Requests);
    }

    [Fact]
    public async Task Send_ToASubscriptionThatEnded_IsGone()
    {
        await using var plant = await PushPlant.StartAsync();
        var device = plant.Service.Subscribe();
        plant.Service.End(device);

        var answer = await plant.SendAsync(plant.Message() with { Endpoint = device.Endpoint });

        Assert.Equal((PushAnswerKind.Gone, 410), (answer.Kind, answer.Status));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("86400", 86_400)]
    [InlineData("86401", 86_400)]
    [InlineData("2147483647", 86_400)]
    [InlineData("Mon, 05 Jan 2026 08:01:30 GMT", 90)]
    [InlineData("Monday, 05-Jan-26 08:01:30 GMT", 90)]
    [InlineData("Mon, 05 Jan 2026 07:00:00 GMT", 0)]
    [InlineData("Tue, 05 Jan 2027 08:00:00 GMT", 86_400)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("99999999999999999999999", null)]
    [InlineData(null, null)]
    public async Task Send_ToAServiceThatWantsToBeLeftAlone_SaysForHowLong(string? header, int? seconds)
    {
        await using var plant = await PushPlant.StartAsync();
        plant.Answer(429, header);
        var limited = await plant.SendAsync(plant.Message());
        plant.Answer(503, header);
        var down = await plant.SendAsync(plant.Message());

        var expected = seconds is { } known ? TimeSpan.FromSeconds(known) : (TimeSpan?)null;
        Assert.Equal((PushAnswerKind.Retry, expected), (limited.Kind, limited.RetryAfter));
        Assert.Equal((PushAnswerKind.Retry, expected), (down.Kind, down.RetryAfter));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Send_ToAServiceThatRedirects_DoesNotFollow(int status)
    {
        await using var plant = await PushPlant.StartAsync();
        await using var inside = await PushServiceDouble.StartAsync();
        plant.Answer(status, location: inside.Subscribe().Endpoint.AbsoluteUri);

        var answer = await plant.SendAsync(plant.Message());

        Assert.Equal((PushAnswerKind.Wrong, status, "a redirect is not followed"), (answer.Kind, answer.Status, answer.Detail));
        Assert.Equal(0, inside.Requests);
    }

    [Fact]
    public async Task Send_ToAServiceThatIsSilent_GivesUpAfterTenSeconds()
    {
        await using var plant = await PushPlant.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        plant.Service.Answer = async (_, response) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, response.HttpContext.RequestAborted);
        };

        var sending = plant.SendAsync(plant.Message());
        await asked.Task.WaitAsync(Cancel);
        plant.Time.Advance(TimeSpan.FromMilliseconds(9_999));
        Assert.False(sending.IsCompleted);
        plant.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new PushAnswer(PushAnswerKind.Retry, Status: 0, RetryAfter: null, "no answer within 10 seconds"), await sending);
    }

    [Fact]
    public async Task Send_ToAServiceThatCloses_IsToBeRepeated()
    {
        await using var plant = await PushPlant.StartAsync();
        plant.Service.Answer = (_, response) =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        };

        var answer = await plant.SendAsync(plant.Message());

        Assert.Equal((PushAnswerKind.Retry, 0), (answer.Kind, answer.Status));
        Assert.Equal(1, plant.Service.Requests);
    }

    [Fact]
    public async Task Send_ToAServiceWhoseAnswerNeverEnds_DoesNotReadIt()
    {
        await using var plant = await PushPlant.StartAsync();
        plant.Service.Answer = static async (_, response) =>
        {
            response.StatusCode = StatusCodes.Status202Accepted;
            while (!response.HttpContext.RequestAborted.IsCancellationRequested)
            {
                await response.WriteAsync(new string('x', 4_096));
            }
        };

        var answer = await plant.SendAsync(plant.Message());

        Assert.Equal((PushAnswerKind.Accepted, 202), (answer.Kind, answer.Status));
        plant.Answer(201);
        Assert.Equal(PushAnswerKind.Accepted, (await plant.SendAsync(plant.Message())).Kind);
    }

    [Fact]
    public async Task Send_ToAServiceThatIsNotThere_IsToBeRepeated()
    {
        await using var plant = await PushPlant.StartAsync();
        var message = plant.Message();
        await plant.Service.KillAsync();

        // 127.0.0.1 refuses
        var answer = await plant.SendAsync(message);

        Assert.Equal((PushAnswerKind.Retry, 0, "ConnectionError"), (answer.Kind, answer.Status, answer.Detail));
        await plant.Service.StartAgainAsync();
        Assert.Equal(PushAnswerKind.Accepted, (await plant.SendAsync(message)).Kind);
    }

    [Fact]
    public async Task Send_ToANameThatIsNone_IsToBeRepeated()
    {
        await using var plant = await PushPlant.StartAsync();
        plant.Network.Resolve = static _ => throw new SocketException((int)SocketError.HostNotFound);

        var answer = await plant.SendAsync(plant.Message() with { Endpoint = new Uri("https://nowhere.example.test/push/secret") });

        Assert.Equal((PushAnswerKind.Retry, 0), (answer.Kind, answer.Status));
        Assert.DoesNotContain("nowhere", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ToWhatSpeaksNoHttp_IsToBeRepeated()
    {
        await using var plant = await PushPlant.StartAsync();
        var port = LoopbackPorts.Next();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var speaking = SpeakAsync();

        var answer = await plant.SendAsync(plant.Message() with { Endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/push/secret")) });

        Assert.Equal((PushAnswerKind.Retry, 0), (answer.Kind, answer.Status));
        Assert.DoesNotContain("secret", answer.Detail, StringComparison.Ordinal);
        await speaking;

        async Task SpeakAsync()
        {
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            var stream = client.GetStream();
            await stream.WriteAsync("SSH-2.0-OpenSSH_9.9\r\n"u8.ToArray(), Cancel);
            while (await stream.ReadAsync(new byte[4_096], Cancel) > 0)
            {
            }
        }
    }

    [Fact]
    public async Task Send_CancelledBefore_Throws()
    {
        await using var plant = await PushPlant.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plant.Sender.SendAsync(plant.Message(), new CancellationToken(canceled: true)));

        Assert.Equal(0, plant.Service.Requests);
    }

    [Fact]
    public async Task Send_CancelledMeanwhile_Throws()
    {
        await using var plant = await PushPlant.StartAsync();
        using var stop = new CancellationTokenSource();
        plant.Service.Answer = async (_, response) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, response.HttpContext.RequestAborted);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plant.Sender.SendAsync(plant.Message(), stop.Token));
    }

    [Fact]
    public async Task Send_WithKeysThatAreNone_IsWrongAndNotSent()
    {
        await using var plant = await PushPlant.StartAsync();

        Assert.Equal((PushAnswerKind.Wrong, 0), KindOf(await plant.SendAsync(plant.Message() with { P256dh = new byte[65] })));
        Assert.Equal((PushAnswerKind.Wrong, 0), KindOf(await plant.SendAsync(plant.Message() with { Auth = new byte[15] })));
        Assert.Equal((PushAnswerKind.Wrong, 0), KindOf(await plant.SendAsync(plant.Message(new string('x', 3_994)))));

        Assert.Equal(0, plant.Service.Requests);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://user@127.0.0.1/x")]
    [InlineData("/x")]
    public async Task Send_ToWhatIsNoEndpoint_IsForbidden(string endpoint)
    {
        await using var plant = await PushPlant.StartAsync();

        var answer = await plant.SendAsync(plant.Message() with { Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) });

        Assert.Equal(PushAnswerKind.Forbidden, answer.Kind);
        Assert.Empty(plant.Network.Dialed);
    }

    [Fact]
    public async Task Send_WherePrivateEndpointsAreNotAllowedAnyMore_IsForbidden()
    {
        await using var plant = await PushPlant.StartAsync(allowPrivate: false);

        Assert.Equal(PushAnswerKind.Forbidden, (await plant.SendAsync(plant.Message())).Kind);

        Assert.Empty(plant.Network.Dialed);
        Assert.Equal(0, plant.Service.Requests);
    }

    [Fact]
    public async Task Send_ToANameThatLeadsInside_IsForbidden()
    {
        await using var plant = await PushPlant.StartAsync(PushTransport.Tls, allowPrivate: false);
        plant.Network.Resolve = static _ => [IPAddress.Loopback, IPAddress.Parse("10.0.0.1"), IPAddress.Parse("fe80::1")];

        var answer = await plant.SendAsync(plant.Message());

        Assert.Equal(new PushAnswer(PushAnswerKind.Forbidden, Status: 0, RetryAfter: null, "the endpoint leads to an address that is not public"), answer);
        Assert.Empty(plant.Network.Dialed);
        Assert.Equal(0, plant.Service.Requests);
    }

    [Fact]
    public async Task Send_ToANameThatChanges_ConnectsToTheAddressThatWasJudged()
    {
        await using var plant = await PushPlant.StartAsync(PushTransport.Tls, allowPrivate: false);
        var judged = IPAddress.Parse("93.184.215.14");
        plant.Network.Resolve = _ => plant.Network.Asked.Count == 1 ? [judged] : [IPAddress.Loopback];

        Assert.Equal(PushAnswerKind.Accepted, (await plant.SendAsync(plant.Message())).Kind);

        Assert.Equal([new IPEndPoint(judged, plant.Service.Port)], plant.Network.Dialed);
        Assert.Equal([PushServiceDouble.Host], plant.Network.Asked);
    }

    [Fact]
    public async Task Send_OverTls_IsHttp2OnOneConnection()
    {
        await using var plant = await PushPlant.StartAsync(PushTransport.Tls);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => plant.SendAsync(plant.Message())));

        Assert.All(answers, answer => Assert.Equal(PushAnswerKind.Accepted, answer.Kind));
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.Equal("HTTP/2", (await plant.Service.NextAsync(Cancel)).Protocol);
        }

        Assert.Single(plant.Network.Dialed);
        Assert.Empty(plant.Service.Wrong);
    }

    [Theory]
    [InlineData(PushTransport.Clear, "HTTP/1.1")]
    [InlineData(PushTransport.ClearHttp2, "HTTP/2")]
    public async Task Send_InClear_IsHttp11UnlessTheSettingSaysOtherwise(PushTransport transport, string protocol)
    {
        await using var plant = await PushPlant.StartAsync(transport);

        Assert.Equal(PushAnswerKind.Accepted, (await plant.SendAsync(plant.Message())).Kind);

        Assert.Equal(protocol, (await plant.Service.NextAsync(Cancel)).Protocol);
    }

    [Fact]
    public async Task Send_ToACertificateThatNobodyTrusts_IsToBeRepeated()
    {
        await using var plant = await PushPlant.StartAsync(PushTransport.Tls, trusts: false);

        Assert.Equal(new PushAnswer(PushAnswerKind.Retry, Status: 0, RetryAfter: null, "SecureConnectionError"), await plant.SendAsync(plant.Message()));
        Assert.Equal(0, plant.Service.Requests);
    }

    [Fact]
    public async Task Send_ToACertificateOfAnotherName_IsToBeRepeated()
    {
        await using var plant = await PushPlant.StartAsync(PushTransport.Tls);
        var message = plant.Message();

        var answer = await plant.SendAsync(message with { Endpoint = new UriBuilder(message.Endpoint) { Host = "other.example.test" }.Uri });

        Assert.Equal((PushAnswerKind.Retry, "SecureConnectionError"), (answer.Kind, answer.Detail));
    }

    [Fact]
    public async Task Send_AfterTheServiceRefusedOurToken_MakesANewOne()
    {
        await using var plant = await PushPlant.StartAsync();
        await plant.SendAsync(plant.Message());
        await plant.SendAsync(plant.Message());
        plant.Answer(403);
        Assert.Equal((PushAnswerKind.Refused, 403), KindOf(await plant.SendAsync(plant.Message())));
        plant.Answer(201);
        await plant.SendAsync(plant.Message());

        var tokens = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            tokens.Add((await plant.Service.NextAsync(Cancel)).Headers["authorization"]);
        }

        Assert.Equal(tokens[0], tokens[1]);
        Assert.NotEqual(tokens[1], tokens[2]);
    }

    [Fact]
    public async Task Send_ForDays_AlwaysHasATokenThatIsGood()
    {
        await using var plant = await PushPlant.StartAsync();
        for (var hour = 0; hour < 49; hour++)
        {
            Assert.Equal(PushAnswerKind.Accepted, (await plant.SendAsync(plant.Message())).Kind);
            plant.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Empty(plant.Service.Wrong);
    }

    private static (PushAnswerKind Kind, int Status) KindOf(PushAnswer answer) => (answer.Kind, answer.Status);
}
