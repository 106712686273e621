using Actors.TestKit.Histories;

namespace Actors.Unit.Tests.TestKit;

/// <summary>The checker of histories must fail on what it is there for, and on nothing else.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly Guid Certificate = Guid.NewGuid();
    private static readonly Guid One = Guid.NewGuid();
    private static readonly Guid Two = Guid.NewGuid();

    [Fact]
    public void Check_OneFirstAndADuplicateRepeated_IsFine() =>
        Assert.Empty(HistoryChecker.Check([Told(One, "first"), Told(Two, "duplicate"), Told(One, "first")], [Kept(One, "first"), Kept(Two, "duplicate")]));

    [Fact]
    public void Check_AScanInTheLogThatNobodyWasToldOf_IsFine() =>
        Assert.Empty(HistoryChecker.Check([], [Kept(One, "first"), Kept(Two, "unconfirmed")]));

    [Fact]
    public void Check_AnAcknowledgedScanMissing_TellsALostWrite() =>
        Assert.Equal([ViolationKind.LostWrite], Kinds([Told(One, "first")], []));

    [Fact]
    public void Check_AnAcknowledgedScanStoredForAnotherCertificate_TellsALostWrite() =>
        Assert.Equal([ViolationKind.LostWrite], Kinds([Told(One, "first")], [new StoredScan(Guid.NewGuid(), One, "first")]));

    [Fact]
    public void Check_AScanTwiceInTheLog_TellsIt() =>
        Assert.Equal([ViolationKind.StoredTwice], Kinds([Told(One, "first")], [Kept(One, "first"), Kept(One, "first")]));

    [Fact]
    public void Check_TwoScansToldFirst_TellsADoubleFirst() =>
        Assert.Contains(ViolationKind.DoubleFirst, Kinds([Told(One, "first"), Told(Two, "first")], [Kept(One, "first"), Kept(Two, "duplicate")]));

    [Fact]
    public void Check_TwoScansStoredAsFirst_TellsADoubleFirst() =>
        Assert.Equal([ViolationKind.DoubleFirst], Kinds([Told(One, "first")], [Kept(One, "first"), Kept(Two, "first")]));

    [Fact]
    public void Check_FirstOfflineAndFirstOnline_IsNotWhatWasAnsweredOnline() =>
        Assert.Empty(HistoryChecker.Check(
            [Told(One, "first"), Told(Two, "first") with { IsOnline = false }],
            [Kept(One, "first"), Kept(Two, "first") with { Certificate = Guid.NewGuid() }])
            .Where(violation => violation.Kind is ViolationKind.DoubleFirst));

    [Fact]
    public void Check_AnotherAnswerToTheSameScan_TellsIt() =>
        Assert.Equal([ViolationKind.OutcomeChanged], Kinds([Told(One, "duplicate"), Told(One, "first")], [Kept(One, "first")]));

    [Theory]
    [InlineData("duplicate")]
    [InlineData("unconfirmed")]
    public void Check_StoredOtherwiseThanAnswered_TellsIt(string stored) =>
        Assert.Equal([ViolationKind.OutcomeChanged], Kinds([Told(One, "first")], [Kept(One, stored)]));

    private static AnsweredScan Told(Guid id, string outcome) => new(Certificate, id, outcome, IsOnline: true);

    private static StoredScan Kept(Guid id, string outcome) => new(Certificate, id, outcome);

    private static IEnumerable<ViolationKind> Kinds(AnsweredScan[] answers, StoredScan[] log) =>
        HistoryChecker.Check(answers, log).Select(violation => violation.Kind);
}
