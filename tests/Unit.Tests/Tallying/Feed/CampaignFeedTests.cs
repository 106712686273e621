using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Actors.Tallying;
using Actors.Tallying.Feed;
using Actors.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Unit.Tests.Tallying.Feed;

/// <summary>Events that arrive in any order, and gaps that only the log can close.</summary>
public sealed class CampaignFeedTests
{
    private static readonly Guid Reader = Guid.NewGuid();

    private readonly ManualTimeProvider _clock = new();
    private readonly Channel<bool> _wakes = Channel.CreateUnbounded<bool>();
    private readonly StoredEvents _log = new();
    private readonly List<EventPage> _gaps = [];
    private readonly CampaignFeed _feed;

    public CampaignFeedTests()
    {
        var services = new FeedServices(
            _log, _clock, new TallyingOptions { FeedCapacity = 100 }, new TallyingInstruments(new Meters()), NullLogger.Instance,
            (readers, configuration) =>
            {
                if (readers.Contains(Reader))
                {
                    _wakes.Writer.TryWrite(configuration);
                }
            },
            (_, page) => _gaps.Add(page));
        _feed = new CampaignFeed("fair", services);
    }

    [Fact]
    public void Publish_OutOfOrder_IsReadInOrder()
    {
        _feed.Publish(Placed(0, 1));
        _feed.Publish(Placed(3, 4, 5));
        _feed.Publish(Placed(5, 6));
        Assert.Null(_feed.Read(0, 10));

        _feed.Publish(Placed(1, 2, 3));

        Assert.Equal([1, 2, 3, 4, 5, 6], Positions(_feed.Read(0, 10)));
    }

    [Fact]
    public async Task Publish_WithAGap_ReadsItFromTheLog()
    {
        _log.Events = [.. Enumerable.Range(1, 6).Select(i => EventRingTests.Event(i))];
        _feed.Listen(Reader);
        _feed.Publish(Placed(0, 1));
        await WakeAsync();
        _feed.Publish(Placed(5, 6));

        await AdvanceUntilAsync(() => _feed.Head == 6);

        Assert.Equal([1, 2, 3, 4, 5, 6], Positions(_feed.Read(0, 10)));
        // the readers of this process are told what nobody told them
        Assert.Equal([2, 3, 4, 5], _gaps.SelectMany(page => Positions(page)));
    }

    [Fact]
    public async Task Publish_WithAGapThatCannotBeRead_TellsToAsk()
    {
        _log.Fails = true;
        _feed.Listen(Reader);
        _feed.Publish(Placed(0, 1));
        await WakeAsync();
        _feed.Publish(Placed(5, 6));

        await AdvanceUntilAsync(() => _feed.Head == 6);

        Assert.Null(_feed.Read(1, 10));
        Assert.True(_feed.Next(new FeedPlace(1, 1, 1), 10)!.Page.More);
        Assert.Equal([6], Positions(_feed.Read(5, 10)));
    }

    [Fact]
    public async Task Publish_ManyTimesAtOnce_WakesOncePerInterval()
    {
        _feed.Listen(Reader);
        _feed.Publish(Placed(0, 1));
        await WakeAsync();
        for (var i = 1; i < 50; i++)
        {
            _feed.Publish(Placed(i, i + 1));
        }

        Assert.False(_wakes.Reader.TryRead(out _));
        await AdvanceUntilAsync(() => _wakes.Reader.Count > 0);
        Assert.True(_wakes.Reader.TryRead(out _));
        Assert.False(_wakes.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Next_WhileEventsComeIn_IsOnePageForAllReaders()
    {
        _feed.Listen(Reader);
        _feed.Publish(Placed(0, 1, 2));
        await WakeAsync();
        var step = _feed.Next(default, 10)!;
        _feed.Publish(Placed(2, 3));

        Assert.Equal([1, 2], Positions(step.Page));
        Assert.Same(step, _feed.Next(default, 10));
        Assert.False(_feed.Next(step.Next, 10)!.IsNews);

        await WakeAsync(15);
        Assert.Equal([3], Positions(_feed.Next(step.Next, 10)!.Page));
        Assert.Equal([1, 2, 3], Positions(_feed.Next(default, 10)!.Page));
    }

    [Fact]
    public async Task Next_BehindAGap_TellsAtOnceAndMovesTheCursorLater()
    {
        _feed.Listen(Reader);
        _feed.Publish(Placed(0, 1));
        await WakeAsync();
        var place = _feed.Next(default, 10)!.Next;
        _feed.Publish(Placed(2, 3));
        await WakeAsync(15);

        var early = _feed.Next(place, 10)!;
        Assert.Equal([3], Positions(early.Page));
        Assert.Equal((1, 1), (early.Page.After, early.Page.Cursor));

        _feed.Publish(Placed(1, 2));
        await WakeAsync(15);
        var late = _feed.Next(early.Next, 10)!;
        Assert.Equal([2], Positions(late.Page));
        Assert.Equal((1, 3), (late.Page.After, late.Page.Cursor));
        Assert.Equal((early.Page.Mark!.Last, 3), (late.Page.Mark!.After, late.Page.Mark.Reached));
    }

    [Fact]
    public async Task Publish_EarlierThanTheFirstThatCame_IsToldWhenItWasPlaced()
    {
        _feed.Place(1);
        _feed.Listen(Reader);
        _feed.Publish(Placed(2, 3));
        await WakeAsync();
        _feed.Publish(Placed(1, 2));
        await WakeAsync(15);

        var page = _feed.Next(default, 10)!.Page;
        Assert.Equal([3, 2], Positions(page));
        Assert.Equal((1, 3), (page.After, page.Cursor));
    }

    [Fact]
    public async Task Listen_NotRenewed_Ends()
    {
        _feed.Listen(Reader);
        _feed.Publish(Placed(0, 1));
        await WakeAsync();
        _clock.Advance(TimeSpan.FromMinutes(3));
        _feed.Publish(Placed(1, 2));
        await AdvanceUntilAsync(() => !_feed.HasListeners);
        Assert.False(_wakes.Reader.TryRead(out _));
    }

    private static PlacedScans Placed(long after, params long[] positions) =>
        new(after, [.. positions.Select(EventRingTests.Event)]);

    private static IEnumerable<long> Positions(EventPage? page) => page!.Events.Select(e => e.Position);

    private async Task WakeAsync() => await _wakes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    private async Task WakeAsync(int milliseconds)
    {
        while (!_wakes.Reader.TryRead(out _))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await Task.Yield();
        }
    }

    /// <summary>The feed's own loop runs on the pool: the clock goes on until it has done its part.</summary>
    private async Task AdvanceUntilAsync(Func<bool> isDone)
    {
        while (!isDone())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(15));
            await Task.Yield();
        }
    }

    private sealed class StoredEvents : ITallyLog
    {
        public ImmutableArray<TallyEvent> Events { get; set; } = [];

        public bool Fails { get; set; }

        public ValueTask<EventPage> ReadAsync(string campaign, long after, int limit, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new IOException("No answer.");
            }

            var rest = Events.Where(e => e.Position > after).Take(2).ToImmutableArray();
            return ValueTask.FromResult(new EventPage(after, rest.IsEmpty ? after : rest[^1].Position, More: true, rest));
        }

        public ValueTask<ImmutableArray<LoggedScan>> AppendAsync(ImmutableArray<LoggedScan> rows, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<PlacedScans> DecideAsync(string campaign, ImmutableArray<DecidedScan> decisions, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<(long Sequence, DateTimeOffset? ReceivedAt)> LastAsync(Guid readerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<LoggedScan>> ReadUndecidedAsync(Guid readerId, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<LoggedScan?> FindAsync(Guid eventId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<Guid>> ReadersWithUndecidedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
