using System.Diagnostics.CodeAnalysis;
using Actors.Tallying;
using Actors.Tallying.Scans;

namespace Actors.Unit.Tests.Tallying.Scans;

public sealed class ExitRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly CertificateState Good = new() { Campaign = "fair" };

    private StayState _stay = new();

    [Fact]
    public void Exit_OfWhoIsInside_EndsTheStayAndTheNextScanIsAFirst()
    {
        var entry = Event(0);
        Assert.Equal(ScanOutcome.First, Decide(entry));
        var exit = Event(10, TallyEventType.Exit);
        Assert.Equal(ScanOutcome.Left, Decide(exit));
        Assert.Equal(ScanOutcome.Absent, Decide(Event(11, TallyEventType.Exit)));
        Assert.Equal(ScanOutcome.First, Decide(Event(20)));
        Assert.Equal(ScanOutcome.Duplicate, Decide(Event(21)));

        // what is repeated keeps its answer, although another stay has begun
        Assert.Equal(ScanOutcome.First, Decide(entry));
        Assert.Equal(ScanOutcome.Left, Decide(exit));
    }

    [Fact]
    public void Exit_BeforeTheEntry_IsOfNobodyInside()
    {
        Decide(Event(10));
        Assert.Equal(ScanOutcome.Absent, Decide(Event(9, TallyEventType.Exit)));
        Assert.NotNull(_stay.First);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    [InlineData(10)]
    public void Scan_ThatComesLateOfAStayThatIsOver_OpensNoOther(int seconds)
    {
        var entry = Event(0);
        Decide(entry);
        Decide(Event(10, TallyEventType.Exit));
        var late = StayRules.Decide(Good, _stay, Event(seconds));
        Assert.Equal((ScanOutcome.Duplicate, entry.EventId), (late.Answer.Outcome, late.Answer.First!.EventId));
        Assert.Null(late.Next);
    }

    [Fact]
    public void Exit_WithACertificateThatRanOut_IsAllowed()
    {
        Decide(Event(0));
        var expired = new CertificateState { Campaign = "fair", ValidityEnd = Noon.AddSeconds(5) };
        Assert.Equal(ScanOutcome.Left, StayRules.Decide(expired, _stay, Event(10, TallyEventType.Exit)).Answer.Outcome);
        Assert.Equal(ScanOutcome.Foreign, StayRules.Decide(new CertificateState { Campaign = "other" }, _stay, Event(10, TallyEventType.Exit)).Answer.Outcome);
    }

    [Fact]
    public void Undo_OfTheEntry_MakesTheNextScanAFirst()
    {
        var entry = Event(0);
        Decide(entry);
        var undo = Event(1, TallyEventType.Undo, entry.EventId);
        Assert.Equal(ScanOutcome.Undone, Decide(undo));
        Assert.Equal(ScanOutcome.Undone, Decide(undo));
        Assert.Equal(ScanOutcome.First, Decide(Event(2)));
        Assert.Equal(ScanOutcome.Undone, Decide(undo));
    }

    [Fact]
    public void Undo_OfTheExit_BringsTheStayBack()
    {
        var (entry, exit) = (Event(0), Event(5, TallyEventType.Exit));
        Decide(entry);
        Decide(exit);
        Assert.Equal(ScanOutcome.Reinstated, Decide(Event(6, TallyEventType.Undo, exit.EventId)));
        Assert.Equal(entry.EventId, _stay.First!.EventId);
        Assert.Equal(ScanOutcome.Duplicate, Decide(Event(7)));
    }

    [Fact]
    public void Undo_OfWhatDoesNotCount_ChangesNoCount()
    {
        Decide(Event(0));
        var seen = Event(1);
        Decide(seen);
        Assert.Equal(ScanOutcome.Unchanged, Decide(Event(2, TallyEventType.Undo, seen.EventId)));
        Assert.Equal(ScanOutcome.Unknown, Decide(Event(2, TallyEventType.Undo)));
    }

    [Fact]
    public void Undo_OfAnEarlierScanThatWon_GivesTheLoserItsPlaceBack()
    {
        var (online, offline) = (Event(10), Event(5));
        Decide(online);
        Decide(offline);
        Assert.Equal(offline.EventId, _stay.First!.EventId);
        Assert.Equal(ScanOutcome.Unchanged, Decide(Event(11, TallyEventType.Undo, offline.EventId)));
        Assert.Equal(online.EventId, _stay.First!.EventId);
    }

    [Fact]
    public void Undo_OfBothScansOfAStay_LeavesNobody()
    {
        var (online, offline) = (Event(10), Event(5));
        Decide(online);
        Decide(offline);
        Assert.Equal(ScanOutcome.Unchanged, Decide(Event(11, TallyEventType.Undo, online.EventId)));
        Assert.Equal(ScanOutcome.Undone, Decide(Event(12, TallyEventType.Undo, offline.EventId)));
        Assert.Null(_stay.First);
    }

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "Seeded, so that a failure can be repeated.")]
    public void Decide_AnyHistory_CountsWhoIsInside()
    {
        var random = new Random(41);
        for (var round = 0; round < 2_000; round++)
        {
            _stay = new StayState();
            var (inside, past) = (0, new List<Scan>());
            for (var i = random.Next(1, 40); i > 0; i--)
            {
                var next = random.Next(4) switch
                {
                    0 => Event(random.Next(20), TallyEventType.Exit),
                    1 when past.Count > 0 => Event(random.Next(20), TallyEventType.Undo, past[random.Next(past.Count)].EventId),
                    _ => Event(random.Next(20)),
                };
                inside += Decide(next) switch
                {
                    ScanOutcome.First or ScanOutcome.Reinstated => 1,
                    ScanOutcome.Left or ScanOutcome.Undone => -1,
                    _ => 0,
                };
                past.Add(next);
                Assert.Equal(_stay.First is null ? 0 : 1, inside);
                Assert.True(_stay.Closed.Count <= StayState.MaxPast && _stay.Undone.Count <= StayState.MaxPast);
            }
        }
    }

    private ScanOutcome Decide(Scan scan)
    {
        var decision = StayRules.Decide(Good, _stay, scan);
        _stay = decision.Next ?? _stay;
        return decision.Answer.Outcome;
    }

    private static Scan Event(int seconds, TallyEventType type = TallyEventType.Seen, Guid? related = null) =>
        new(Guid.NewGuid(), Guid.NewGuid(), "Gate", "fair", Noon.AddSeconds(seconds), type, related);
}
