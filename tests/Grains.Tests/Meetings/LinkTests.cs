using Actors.Meetings;

namespace Actors.Grains.Tests.Meetings;

/// <summary>Personal links by the clock, and where two things happen at once.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task Join_BeforeAndAfterTheTimesOfALink_IsRefused()
    {
        await using var world = await MeetingWorld.StartAsync();
        var (opens, closes) = (world.Now.AddHours(1), world.Now.AddHours(2));
        var link = await world.AddAsync(MeetingWorld.Link(opens: opens, closes: closes));

        world.Pass(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal((MeetingStatus.TooEarly, opens), await WhyAsync());
        world.PassSeconds(1);
        Assert.Equal((MeetingStatus.Done, null), await WhyAsync());
        world.Pass(TimeSpan.FromHours(1));
        Assert.Equal((MeetingStatus.Done, null), await WhyAsync());
        world.PassSeconds(1);
        Assert.Equal((MeetingStatus.TooLate, closes), await WhyAsync());
        Assert.Equal(2, (await world.OnlyLinkAsync()).Joined);

        async Task<(MeetingStatus, DateTimeOffset?)> WhyAsync()
        {
            var outcome = await world.JoinAsync(link);
            return (outcome.Status, outcome.At);
        }
    }

    [Fact]
    public async Task Join_OfOneUse_IsRepeatedByTheSameBrowser_ForTwoMinutes()
    {
        await using var world = await MeetingWorld.StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link(single: true));

        Assert.Equal(MeetingStatus.NeedsConfirmation, (await world.JoinAsync(link, "a", confirms: false)).Status);
        world.PassDays(1);
        Assert.Equal(MeetingStatus.Done, (await world.JoinAsync(link, "a")).Status);
        world.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(MeetingStatus.Used, (await world.JoinAsync(link, "b")).Status);
        Assert.Equal(MeetingStatus.Done, (await world.JoinAsync(link, "a")).Status);
        world.PassSeconds(1);
        Assert.Equal(MeetingStatus.Used, (await world.JoinAsync(link, "a")).Status);
        Assert.Equal(2, (await world.OnlyLinkAsync()).Joined);
    }

    [Fact]
    public async Task Join_WhileNoServerAnswers_UsesNothingUp()
    {
        await using var world = await MeetingWorld.StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link(single: true));
        world.PassSeconds(5);
        world.Bbb.IsSilent = true;

        Assert.Equal(MeetingStatus.Unavailable, (await world.PassUntilAsync(world.JoinAsync(link, "a"))).Status);
        Assert.Null((await world.OnlyLinkAsync()).FirstUsed);

        world.Bbb.IsSilent = false;
        world.PassSeconds(2);
        Assert.Equal(MeetingStatus.Done, (await world.JoinAsync(link, "b")).Status);
    }

    [Fact]
    public async Task Join_WhoseUseCannotBeStored_LeadsNobodyIn()
    {
        await using var world = await MeetingWorld.StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link(single: true));

        world.StateFaults.State = "meeting";
        await Assert.ThrowsAnyAsync<Exception>(() => world.JoinAsync(link, "a"));
        world.StateFaults.State = null;

        Assert.Equal(MeetingStatus.Done, (await world.JoinAsync(link, "b")).Status);
        Assert.Equal(MeetingStatus.Used, (await world.JoinAsync(link, "a")).Status);
    }

    [Fact]
    public async Task Join_WhoseAnswerWasLost_IsRepeatedByTheSameBrowserAlone()
    {
        await using var world = await MeetingWorld.StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link(single: true));

        world.StateFaults.LostAnswers = "meeting";
        await Assert.ThrowsAnyAsync<Exception>(() => world.JoinAsync(link, "a"));
        world.StateFaults.LostAnswers = null;

        Assert.Equal(MeetingStatus.Used, (await world.JoinAsync(link, "b")).Status);
        Assert.Equal(MeetingStatus.Done, (await world.JoinAsync(link, "a")).Status);
    }

    [Fact]
    public async Task Revoke_WhileSomebodyIsLedIn_ShutsOutWhoeverComesAfterHim()
    {
        await using var world = await MeetingWorld.StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link());
        world.PassSeconds(5);
        var (created, held) = (world.Bbb.Creates, new TaskCompletionSource());
        world.Bbb.Held = held;

        var before = world.JoinAsync(link, "a");
        await MeetingWorld.UntilAsync(() => Task.FromResult(world.Bbb.Creates > created));
        var revoked = world.Meeting.RevokeLinkAsync("marie");
        var after = world.JoinAsync(link, "b");
        Assert.False(revoked.IsCompleted);
        held.SetResult();

        Assert.Equal(MeetingStatus.Done, (await before).Status);
        Assert.NotNull((await revoked).Link!.Revoked);
        Assert.Equal(MeetingStatus.Revoked, (await after).Status);
        Assert.Equal(1, (await world.OnlyLinkAsync()).Joined);
    }

    [Fact]
    public async Task Revoke_AmongManyWhoCome_CountsThoseWhoWereBefore()
    {
        await using var world = await MeetingWorld.StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link());

        var joins = Enumerable.Range(0, 40).Select(i => Task.Run(() => world.JoinAsync(link, $"v{i}"))).ToList();
        var revoked = (await Task.Run(() => world.Meeting.RevokeLinkAsync("marie"))).Link!;
        var outcomes = await Task.WhenAll(joins);

        Assert.All(outcomes, outcome => Assert.True(outcome.Status is MeetingStatus.Done or MeetingStatus.Revoked, outcome.Status.ToString()));
        Assert.Equal(revoked.Joined, outcomes.Count(outcome => outcome.Status is MeetingStatus.Done));
        Assert.Equal(MeetingStatus.Revoked, (await world.JoinAsync(link)).Status);
    }
}
