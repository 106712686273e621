using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Actors.Api.Tallying;
using Actors.Api.Tallying.Hub;
using Actors.Tallying;
using Actors.Tallying.Feed;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Api.Tests.Tallying;

/// <summary>What is pushed to connected pages: once written for all that are in step, and bounded for one that is slow.</summary>
public sealed class ReaderConnectionTests(TallyApi api) : IClassFixture<TallyApi>
{
    private static readonly IHubProtocol Json = new JsonHubProtocol();

    private readonly PushedPages _pages = new();

    [Fact]
    public async Task Push_ToPagesInStep_SendsTheSameBytes()
    {
        var (one, two) = (new Page(this, "fair"), new Page(this, "fair"));

        await one.Connection.OnEventsAsync(EventsAt(4, 5));
        await two.Connection.OnEventsAsync(EventsAt(4, 5));

        var sent = await one.NextAsync();
        Assert.Same(sent, await two.NextAsync());
        var message = Read(sent);
        Assert.Equal(("Events", "p4", "p5"), ((string)message["target"]!, (string)message["arguments"]![0]!["after"]!, (string)message["arguments"]![0]!["cursor"]!));
    }

    [Fact]
    public async Task Push_OfAnotherCampaignOrRange_IsAnotherMessage()
    {
        var (fair, feast) = (new Page(this, "fair"), new Page(this, "feast"));
        await fair.Connection.OnEventsAsync(EventsAt(4, 5));
        await fair.Connection.OnEventsAsync(EventsAt(5, 6));
        await feast.Connection.OnEventsAsync(EventsAt(4, 5));

        var first = await fair.NextAsync();
        Assert.NotSame(first, await fair.NextAsync());
        Assert.NotSame(first, await feast.NextAsync());
    }

    [Fact]
    public async Task Push_ManyRanges_KeepsEachRight()
    {
        var page = new Page(this, "fair");
        for (var i = 0; i < 50; i++)
        {
            await page.Connection.OnEventsAsync(EventsAt(i, i + 1));
        }

        for (var i = 0; i < 50; i++)
        {
            var expected = HubAnswers.Events(EventsAt(i, i + 1));
            Assert.Equal(Read(expected)["arguments"]![0]!["cursor"]!.ToJsonString(), Read(await page.NextAsync())["arguments"]![0]!["cursor"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Push_ToASlowPage_IsReplacedByAskingAgain()
    {
        var page = new Page(this, "fair") { IsSlow = true };
        await page.Connection.OnEventsAsync(EventsAt(0, 1));
        await page.NextAsync();
        for (var i = 1; i < 1_000; i++)
        {
            await page.Connection.OnEventsAsync(EventsAt(i, i + 1));
        }

        page.Continue();

        Assert.Same(HubAnswers.AskAgain, await page.NextAsync());
        var told = Read(HubAnswers.AskAgain)["arguments"]![0]!;
        Assert.Equal(("", true), ((string)told["after"]!, (bool)told["more"]!));
        await page.Connection.OnEventsAsync(EventsAt(1_000, 1_001));
        Assert.Equal("prt", (string)Read(await page.NextAsync())["arguments"]![0]!["cursor"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_BehindAGap_ComesAtOnceOrInOrder(bool inOrder)
    {
        var (feed, page) = (Guid.NewGuid(), new Page(this, "fair", inOrder));
        var (two, one) = (EventsAt(0, 2), EventsAt(0, 1));
        await page.Connection.OnEventsAsync(two with { Cursor = 0, Mark = new PushMark(feed, 0, 1, 0) });
        await page.Connection.OnEventsAsync(one with { Cursor = 2, Mark = new PushMark(feed, 1, 2, 2) });

        if (!inOrder)
        {
            Assert.Equal(("p0", "p0", $"{two.Events[0].EventId}"), Describe(await page.NextAsync()));
        }

        var expected = inOrder ? one.Events.Concat(two.Events) : one.Events;
        Assert.Equal(("p0", "p2", string.Join(' ', expected.Select(e => e.EventId))), Describe(await page.NextAsync()));
    }

    [Fact]
    public async Task Push_AfterALostOne_GivesNoCursorUntilAllOfItIsBehind()
    {
        var (feed, page) = (Guid.NewGuid(), new Page(this, "fair", inOrder: false));
        await page.Connection.OnEventsAsync(EventsAt(0, 1) with { Mark = new PushMark(feed, 0, 1, 0) });
        // the event at 5 was in a push that did not come
        await page.Connection.OnEventsAsync(EventsAt(1, 2) with { Mark = new PushMark(feed, 2, 3, 5) });
        await page.Connection.OnEventsAsync(EventsAt(5, 6) with { Mark = new PushMark(feed, 3, 4, 5) });

        Assert.Equal("p1", Describe(await page.NextAsync()).Cursor);
        Assert.Equal("", Describe(await page.NextAsync()).After);
        Assert.Equal("p5", Describe(await page.NextAsync()).After);
    }

    private static (string After, string Cursor, string Events) Describe(SerializedHubMessage message)
    {
        var body = Read(message)["arguments"]![0]!;
        return ((string)body["after"]!, (string)body["cursor"]!, string.Join(' ', body["events"]!.AsArray().Select(e => (string)e!["event"]!)));
    }

    private static JsonNode Read(SerializedHubMessage message) =>
        JsonNode.Parse(Encoding.UTF8.GetString(message.GetSerializedMessage(Json).Span).TrimEnd('\u001e'))!;

    private static EventPage EventsAt(long after, long position) => new(after, position, More: false,
    [
        new TallyEvent(
            position, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "Gate", TallyEventType.Seen, ScanOutcome.First,
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TimeSpan.Zero, null, null),
    ]);

    /// <summary>A page that may not take what it is sent.</summary>
    private sealed class Page
    {
        private readonly Channel<SerializedHubMessage> _sent = Channel.CreateUnbounded<SerializedHubMessage>();
        private readonly TaskCompletionSource _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Page(ReaderConnectionTests tests, string campaign, bool inOrder = true)
        {
            var reader = new ReaderInfo(Guid.NewGuid(), campaign, "Gate", ImmutableArray<string>.Empty, Tally: true, OfflineRoster: false, null, null);
            Connection = new ReaderConnection(reader, SendAsync, tests._pages, tests.Configurations, new PushOrder(inOrder));
            _ = Connection.PumpAsync(TestContext.Current.CancellationToken);
        }

        public ReaderConnection Connection { get; }

        public bool IsSlow { get; init; }

        public void Continue() => _slow.SetResult();

        public async Task<SerializedHubMessage> NextAsync() => await _sent.Reader.ReadAsync(TestContext.Current.CancellationToken);

        private async ValueTask SendAsync(SerializedHubMessage message, CancellationToken cancellationToken)
        {
            await _sent.Writer.WriteAsync(message, cancellationToken);
            if (IsSlow)
            {
                await _slow.Task;
            }
        }
    }

    private ReaderConfigurations Configurations => api.Services.GetRequiredService<ReaderConfigurations>();
}
