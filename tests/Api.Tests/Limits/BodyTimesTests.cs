using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.TestKit.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Api.Tests.Limits;

public sealed class BodyTimesTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 30)]
    [InlineData(0L, 30)]
    [InlineData(1L << 20, 94)]
    [InlineData(256L << 20, 900)]
    public void Of_ALength_GrowsWithItUpToTheMost(long? length, int seconds) =>
        Assert.Equal(seconds, BodyTimes.Of(length).TotalSeconds);

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"a\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n")]
    public async Task Post_BodyThatNeverEnds_IsToldSoAndItsConnectionClosed(string rest)
    {
        var bound = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await StartAsync(bound);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.Single()).Port, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{rest}"), Stop);
        await bound.Task.WaitAsync(Stop);

        _clock.Advance(BodyTimes.Of(100));

        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
        var headers = new List<string>();
        while (await reader.ReadLineAsync(Stop) is { Length: > 0 } header)
        {
            headers.Add(header);
        }

        Assert.Contains("Connection: close", headers);
        Assert.Contains("Content-Type: application/problem+json", headers);
    }

    [Fact]
    public async Task Post_SecondRequestAfterTheFirstOnesDeadline_IsAnswered()
    {
        await using var app = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        for (var i = 0; i < 3; i++)
        {
            using var answer = await client.PostAsync(new Uri("/things", UriKind.Relative), new StringContent("{\"a\":1}", Encoding.UTF8, "application/json"), Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            _clock.Advance(BodyTimes.Most);
        }
    }

    private async Task<WebApplication> StartAsync(TaskCompletionSource? bound = null)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddProblems();
        var app = builder.Build();
        app.UseProblems();
        app.UseRouting();
        app.UseBodyTimes();
        app.Use((context, next) =>
        {
            // the deadline runs from before this
            bound?.TrySetResult();
            return next(context);
        });
        app.MapPost("/things", (Dictionary<string, int> body) => Results.Ok(body));
        await app.StartAsync(Stop);
        return app;
    }
}
