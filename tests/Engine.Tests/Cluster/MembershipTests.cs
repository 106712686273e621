using Actors.Engine.Cluster;

namespace Actors.Engine.Tests.Cluster;

public sealed class MembershipTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MembershipSimulation _cluster = new();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void Start_FirstSilo_IsActiveAtOnce()
    {
        var a = _cluster.AddSilo("a");

        Assert.True(a.IsInItsOwnView);
        Assert.Null(a.Membership.Problem);
        Assert.True(a.Membership.Active.IsCompletedSuccessfully);
        Assert.False(a.Membership.IsParked);
    }

    [Fact]
    public void Start_Client_ReadsTheViewAndJoinsNothing()
    {
        var client = _cluster.AddClient();
        Assert.Equal("No silo is known.", client.Membership.Problem);

        var a = _cluster.AddSilo("a");
        _cluster.Run(MembershipSimulation.Tick);

        Assert.Null(client.Self);
        Assert.False(client.Membership.IsParked);
        Assert.Null(client.Membership.Problem);
        Assert.Equal([a.Self!], client.Membership.View.Members);
    }

    [Fact]
    public void Start_WithoutTable_JoinsWhenItIsThere()
    {
        var a = _cluster.AddSilo("a");
        a.Kill();
        var b = _cluster.AddSilo("b");
        b.Link.Fault = TableFault.Refuses;
        _cluster.Run(Second * 20);
        b.Link.Fault = TableFault.None;

        _cluster.RunUntil(() => b.IsInItsOwnView && !b.Membership.View.Contains(a.Self!), "b is alone in the view");
    }

    [Fact]
    public void Start_ReachesHalfOfTheOthers_StaysOutUntilItReachesMore()
    {
        var silos = _cluster.AddSilos("a", "b");
        var c = _cluster.AddSilo("c", silos[0]);
        _cluster.Run(Second * 20);

        Assert.False(c.IsInItsOwnView);
        Assert.NotNull(c.Membership.Problem);
        Assert.All(silos, silo => Assert.Equal(2, silo.Membership.View.Members.Length));

        c.CutFrom.Clear();
        _cluster.RunUntil(() => c.IsInItsOwnView, "c is active");
        Assert.Empty(_cluster.Burials);
    }

    [Fact]
    public void Kill_OfASilo_IsEvictedWithinASecond()
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        var client = _cluster.AddClient();
        _cluster.Run(Second);
        silos[1].Kill();

        var time = _cluster.RunUntil(
            () => new[] { silos[0], silos[2], client }.All(process => process.Membership.View.Members.Length == 2),
            "all know that b is gone");

        Assert.InRange(time, _cluster.Options.RefutationTime, Second * 0.8);
        Assert.All(silos, silo => Assert.Equal(0, silo.Evictions));
    }

    [Fact]
    public void Kill_OfAllAtOnce_IsRepairedByTheFirstThatComesUnderAnotherName()
    {
        foreach (var silo in _cluster.AddSilos("a", "b", "c"))
        {
            silo.Kill();
        }

        var d = _cluster.AddSilo("d");

        Assert.InRange(_cluster.RunUntil(() => d.Membership.View.Members is [var only] && only == d.Self, "d is alone"), Second * 0.4, Second * 3);
    }

    [Fact]
    public void Kill_StartsAgainUnderTheSameName_IsAnotherLifeAtOnce()
    {
        var silos = _cluster.AddSilos("a", "b");
        var earlier = silos[1].Self!;
        silos[1].Kill();

        var b = _cluster.AddSilo("b");
        _cluster.Run(Second * 0.2);

        Assert.Equal(earlier.Id, b.Self!.Id);
        Assert.NotEqual(earlier, b.Self);
        Assert.Equal([silos[0].Self!, b.Self], silos[0].Membership.View.Members);
    }

    [Fact]
    public void Freeze_LongerThanTheLease_WakesParkedAndJoinsAgain()
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        var b = silos[1];
        var before = b.Self;
        b.Freeze();
        _cluster.RunUntil(() => silos[0].Membership.View.Members.Length == 2, "a knows that b is gone");
        _cluster.Run(Second * 10);
        Assert.False(_cluster.Table.CanWrite(before!));

        b.Thaw();
        Assert.True(b.Membership.IsParked || b.Evictions > 0);

        _cluster.RunUntil(() => b.IsInItsOwnView && b.Self != before, "b has joined again");
        Assert.Equal(1, b.Evictions);
        Assert.False(b.Membership.IsParked);
    }

    [Fact]
    public void Freeze_ShorterThanTheTimeToRefute_CostsNothing()
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        silos[1].Freeze();
        _cluster.Run(_cluster.Options.Silence + (_cluster.Options.RefutationTime / 2));
        silos[1].Thaw();
        _cluster.Run(Second * 10);

        Assert.Empty(_cluster.Burials);
        Assert.Contains(silos[1].Self, silos[0].Membership.View.Members);
    }

    [Fact]
    public void Table_LostForLongerThanTheLease_ParksInTimeAndResumesUnderTheSameEpoch()
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        var lives = silos.Select(silo => silo.Self).ToList();
        Array.ForEach(silos, silo => silo.Link.Fault = TableFault.Refuses);

        _cluster.Run(_cluster.Options.Lease - _cluster.Options.Margin - _cluster.Options.Renewal - MembershipSimulation.Tick);
        Assert.All(silos, silo => Assert.False(silo.Membership.IsParked));
        _cluster.Run(_cluster.Options.Renewal + (MembershipSimulation.Tick * 2));
        Assert.All(silos, silo => Assert.True(silo.Membership.IsParked));
        Assert.All(silos, silo => Assert.NotNull(silo.Membership.Problem));
        _cluster.Run(Second * 10);

        Array.ForEach(silos, silo => silo.Link.Fault = TableFault.None);
        _cluster.RunUntil(() => silos.All(silo => !silo.Membership.IsParked), "all resume");
        _cluster.Run(Second * 20);

        Assert.Empty(_cluster.Burials);
        Assert.Equal(lives, silos.Select(silo => silo.Self));
        Assert.All(silos, silo => Assert.Null(silo.Membership.Problem));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("silent")]
    public void Table_LostAndASiloDiesMeanwhile_OnlyThatOneIsEvicted(string how)
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        Array.ForEach(silos, silo => silo.Link.Fault = TableFault.Hangs);
        _cluster.Run(Second * 3);
        var dead = silos[2].Self!;
        if (how is "refused")
        {
            silos[2].Kill();
        }
        else
        {
            silos[2].Freeze();
        }

        _cluster.Run(Second * 7);
        Array.ForEach(silos[..2], silo => silo.Link.Fault = TableFault.None);

        Assert.InRange(_cluster.RunUntil(() => _cluster.Burials.Count > 0, "it is evicted"), Second * 0.3, Second * 8);
        _cluster.Run(Second * 10);
        Assert.Equal(dead, Assert.Single(_cluster.Burials).Member);
    }

    [Fact]
    public void Table_LostByOneSiloForLong_ItIsEvictedAndJoinsAgain()
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        silos[1].Link.Fault = TableFault.Hangs;

        _cluster.RunUntil(() => _cluster.Burials.Count == 1, "b is evicted");
        Assert.True(silos[1].Membership.IsParked);
        Assert.Equal(Doubt.Expired, _cluster.Burials[0].Ground);
        silos[1].Link.Fault = TableFault.None;

        _cluster.RunUntil(() => silos[1].IsInItsOwnView && silos[1].Evictions == 1, "b is back");
        _cluster.Run(Second * 10);
        Assert.Single(_cluster.Burials);
    }

    [Fact]
    public void Answers_LostForAWhile_NobodyIsEvicted()
    {
        var silos = _cluster.AddSilos("a", "b");
        Array.ForEach(silos, silo => silo.Link.Fault = TableFault.LosesAnswers);
        _cluster.Run(Second * 20);
        Assert.All(silos, silo => Assert.True(silo.Membership.IsParked));
        Array.ForEach(silos, silo => silo.Link.Fault = TableFault.None);
        _cluster.Run(Second * 10);

        Assert.Empty(_cluster.Burials);
        Assert.All(silos, silo => Assert.Null(silo.Membership.Problem));
    }

    [Fact]
    public void Links_OneSiloHearsNobody_ItIsEvictedAndStaysOutUntilItDoes()
    {
        var silos = _cluster.AddSilos("a", "b", "c", "d");
        silos[3].IsIsolated = true;

        Assert.InRange(_cluster.RunUntil(() => _cluster.Burials.Count == 1, "d is evicted"), Second, Second * 5);
        Assert.Equal(Doubt.Outvoted, _cluster.Burials[0].Ground);
        _cluster.Run(Second * 30);
        Assert.Single(_cluster.Burials);
        Assert.False(silos[3].IsInItsOwnView);
        Assert.Equal(0, silos[0].Evictions + silos[1].Evictions + silos[2].Evictions);

        silos[3].IsIsolated = false;
        _cluster.RunUntil(() => silos[3].IsInItsOwnView, "d is back");
    }

    [Fact]
    public void Links_ClientHearsNoSilo_EvictsNobody()
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        var client = _cluster.AddClient();
        client.IsIsolated = true;
        _cluster.Run(Second * 60);

        Assert.Empty(_cluster.Burials);
        Assert.Equal(silos.Select(silo => silo.Self), client.Membership.View.Members);
    }

    [Fact]
    public void Links_TwoSilosOfThreeDoNotHearEachOther_NobodyIsEvicted()
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        silos[0].CutFrom.Add(silos[1]);
        _cluster.Run(Second * 60);

        Assert.Empty(_cluster.Burials);
    }

    [Fact]
    public void Links_ClientHearsNoSiloAndNobodyIsTold_EvictsNobody()
    {
        // Without notifications a suspect learns of its suspicion only because it comes often enough by itself.
        var silos = _cluster.AddSilos("a", "b", "c");
        foreach (var silo in silos)
        {
            silo.Link.CanListen = false;
            silo.Link.LoseListener();
        }

        var client = _cluster.AddClient();
        client.IsIsolated = true;
        _cluster.Run(Second * 60);

        Assert.Empty(_cluster.Burials);
    }

    [Fact]
    public void Listening_Lost_ViewsArePolled()
    {
        var a = _cluster.AddSilo("a");
        var client = _cluster.AddClient();
        a.Link.CanListen = client.Link.CanListen = false;
        a.Link.LoseListener();
        client.Link.LoseListener();

        _cluster.AddSilo("b");
        _cluster.Run(_cluster.Options.Renewal + MembershipSimulation.Tick);

        Assert.Equal(2, a.Membership.View.Members.Length);
        Assert.Equal(2, client.Membership.View.Members.Length);
    }

    [Fact]
    public async Task Retire_GivesGrainsAwayAndMayStillWriteUntilItLeaves()
    {
        var silos = _cluster.AddSilos("a", "b");
        var self = silos[0].Self!;

        await silos[0].Membership.RetireAsync(TestContext.Current.CancellationToken);
        _cluster.Run(Second * 20);

        Assert.Equal([silos[1].Self!], silos[1].Membership.View.Members);
        Assert.Equal([silos[1].Self!], silos[0].Membership.View.Members);
        Assert.True(_cluster.Table.CanWrite(self));
        Assert.False(silos[0].Membership.IsParked);
        Assert.NotNull(silos[0].Membership.Problem);

        await silos[0].Membership.LeaveAsync(TestContext.Current.CancellationToken);
        _cluster.Run(Second);

        Assert.False(_cluster.Table.CanWrite(self));
        Assert.Equal(0, silos[0].Evictions);
    }

    [Fact]
    public async Task Leave_WhileItStillRenews_IsNoEviction()
    {
        var a = _cluster.AddSilos("a", "b")[0];

        // The row goes, and the answer to that comes too late to keep it from renewing.
        a.Link.Fault = TableFault.LosesAnswers;
        var leaving = a.Membership.LeaveAsync(TestContext.Current.CancellationToken);
        a.Link.Fault = TableFault.None;
        _cluster.Run(Second * 10);

        await leaving;
        Assert.False(_cluster.Table.CanWrite(a.Self!));
        Assert.Equal(0, a.Evictions);
    }

    [Fact]
    public void Name_TakenByAnotherProcess_IsNotFoughtOverQuickly()
    {
        _cluster.AddSilo("a");
        _cluster.AddSilo("a");
        _cluster.Run(Second * 60);

        Assert.InRange(_cluster.Burials.Count, 1, 20);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(4.5)]
    [InlineData(-3600)]
    public void TableClock_Jumps_NobodyIsEvicted(double seconds)
    {
        var silos = _cluster.AddSilos("a", "b", "c");
        _cluster.Run(Second * 10);
        _cluster.Table.Shift = TimeSpan.FromSeconds(seconds);
        _cluster.Run(Second * 20);

        Assert.Empty(_cluster.Burials);
        Assert.All(silos, silo => Assert.Null(silo.Membership.Problem));

        silos[0].Kill();
        Assert.InRange(_cluster.RunUntil(() => _cluster.Burials.Count == 1, "a is evicted"), Second * 0.4, Second * 1);
    }

    [Fact]
    public void Table_RestoredBehindASilo_ParksForGood()
    {
        var older = _cluster.AddSilos("a");
        var newer = new MembershipSimulation();
        newer.AddSilos("a", "b", "c");
        Assert.True(newer.Processes[0].Membership.View.Version > older[0].Membership.View.Version);
        var a = newer.Processes[0];

        a.Link.Table = _cluster.Table;
        newer.Run(Second * 5);

        Assert.True(a.Membership.IsParked);
        Assert.Contains("restored", a.Membership.Problem, StringComparison.Ordinal);
        Assert.Equal(3, a.Membership.View.Members.Length);
    }

    [Fact]
    public async Task Refresh_OlderVersion_AsksNothing()
    {
        var a = _cluster.AddSilo("a");
        a.Link.Fault = TableFault.Hangs;

        await a.Membership.RefreshAsync(a.Membership.View.Version, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Refresh_TableHangs_ReturnsAfterItsPatience()
    {
        var a = _cluster.AddSilo("a");
        a.Link.Fault = TableFault.Hangs;
        var refreshing = a.Membership.RefreshAsync(99, TestContext.Current.CancellationToken);
        _cluster.Run(Second * 2);

        await refreshing;
    }

    [Fact]
    public void Handlers_OneThrows_TheOthersAreTold()
    {
        var a = _cluster.AddSilo("a");
        var told = new List<long>();
        a.Membership.OnViewChanged(_ => throw new InvalidOperationException());
        a.Membership.OnViewChanged(view => told.Add(view.Version));

        _cluster.AddSilo("b");
        _cluster.Run(Second);

        Assert.NotEmpty(told);
        Assert.Equal(told.Order(), told);
    }
}
