using System.Diagnostics.CodeAnalysis;
using Actors.Tallying;
using Actors.Tallying.Scans;

namespace Actors.Unit.Tests.Tallying.Scans;

public sealed class StayRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly CertificateState Good = new() { Campaign = "fair" };

    [Theory]
    [InlineData(-1, ScanOutcome.Early)]
    [InlineData(0, ScanOutcome.First)]
    [InlineData(59, ScanOutcome.First)]
    [InlineData(60, ScanOutcome.Expired)]
    public void Decide_AroundTheValidity_JudgesTheTimeOfTheScan(int minutes, ScanOutcome expected)
    {
        var definition = new CertificateState { Campaign = "fair", ValidityStart = Noon, ValidityEnd = Noon.AddHours(1) };
        Assert.Equal(expected, StayRules.Decide(definition, new StayState(), Scan(Noon.AddMinutes(minutes))).Answer.Outcome);
    }

    [Fact]
    public void Decide_Refusals_ChangeNothing()
    {
        var cases = new (CertificateState? Definition, StayState Stay, ScanOutcome Outcome)[]
        {
            (null, new StayState(), ScanOutcome.Unknown),
            (new CertificateState { Campaign = "other" }, new StayState(), ScanOutcome.Foreign),
            (Good.Revoke(), new StayState(), ScanOutcome.Revoked),
            (Good, new StayState { Revoked = true }, ScanOutcome.Revoked),
        };
        Assert.All(cases, c =>
        {
            var decision = StayRules.Decide(c.Definition, c.Stay, Scan(Noon));
            Assert.Equal(c.Outcome, decision.Answer.Outcome);
            Assert.Null(decision.Next);
            Assert.Null(decision.Answer.First);
        });
    }

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "Seeded, so that a failure can be repeated.")]
    public void Decide_AnyOrderOfArrival_EndsWithTheEarliestAndOneFirst()
    {
        var random = new Random(6);
        for (var round = 0; round < 2_000; round++)
        {
            var scans = Enumerable.Range(0, random.Next(1, 20))
                .Select(_ => Scan(Noon.AddSeconds(random.Next(5)), new Guid(random.Next(), 0, 0, new byte[8])))
                .DistinctBy(scan => scan.EventId)
                .ToArray();
            var stay = new StayState();
            var answers = new Dictionary<Guid, ScanDecision>();
            foreach (var scan in scans)
            {
                var decision = StayRules.Decide(Good, stay, scan);
                answers.Add(scan.EventId, decision.Answer);
                stay = decision.Next ?? stay;
            }

            var earliest = scans.OrderBy(scan => scan.Time).ThenBy(scan => scan.EventId.ToString(), StringComparer.Ordinal).First();
            Assert.Equal(earliest.EventId, stay.First!.EventId);
            Assert.Equal(scans[0].EventId, Assert.Single(answers, answer => answer.Value.Outcome == ScanOutcome.First).Key);

            // whatever is asked again gets its old answer and changes nothing
            Assert.All(scans, scan =>
            {
                var again = StayRules.Decide(Good, stay, scan);
                Assert.Null(again.Next);
                Assert.Equal((answers[scan.EventId].Outcome, answers[scan.EventId].Displaced), (again.Answer.Outcome, again.Answer.Displaced));
            });
        }
    }

    [Fact]
    public void Decide_ManyDisplacements_KeepABoundedMemory()
    {
        var stay = new StayState();
        for (var i = 0; i < 1_000; i++)
        {
            stay = StayRules.Decide(Good, stay, Scan(Noon.AddSeconds(-i))).Next!;
        }

        Assert.Equal(StayState.MaxDisplacements, stay.Displacements.Count);
    }

    private static Scan Scan(DateTimeOffset time, Guid? id = null) => new(id ?? Guid.NewGuid(), Guid.NewGuid(), "Gate", "fair", time);
}
