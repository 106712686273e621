using Actors.Meetings;

namespace Actors.Grains.Tests.Meetings;

/// <summary>How long a meeting is kept, how often servers are asked.</summary>
public sealed class MeetingTimeTests
{
    [Fact]
    public async Task Meeting_NobodyUsesAnyMore_IsForgotten_AndItsLinksWithIt()
    {
        await using var world = await MeetingWorld.StartAsync(keepFor: TimeSpan.FromDays(3));
        var link = await world.AddAsync(MeetingWorld.Link());
        await PassDaysAsync(world, 2);
        Assert.Equal(MeetingStatus.Done, (await world.JoinAsync(link)).Status);

        await PassDaysAsync(world, 2);
        Assert.NotNull(await world.Meeting.GetAsync());

        await world.Cluster.ReminderSettledAsync(world.Meeting, MeetingWorld.Expiry);
        world.PassDays(2);
        await MeetingWorld.UntilAsync(async () => await world.Meeting.GetAsync() is null);
        Assert.Equal(MeetingStatus.Unknown, (await world.JoinAsync(link)).Status);

        await world.CreateAsync();
        var anew = await world.AddAsync(MeetingWorld.Link());
        Assert.NotEqual(link.Key, anew.Key);
        Assert.Equal(MeetingStatus.Unknown, (await world.JoinAsync(link)).Status);
    }

    [Fact]
    public async Task Join_SoonAfterAnother_AsksBigBlueButtonOnce()
    {
        await using var world = await MeetingWorld.StartAsync();
        var link = await world.AddAsync(MeetingWorld.Link());
        world.PassSeconds(10);
        var before = world.Bbb.Creates;

        await world.JoinAsync(link, "a");
        world.PassSeconds(0.9);
        await world.JoinAsync(link, "b");
        Assert.Equal(1, world.Bbb.Creates - before);
        world.PassSeconds(0.1);
        await world.JoinAsync(link, "c");
        Assert.Equal(2, world.Bbb.Creates - before);
    }

    [Fact]
    public async Task Server_IsAskedOften_WhileSomebodyLooksOrTalks()
    {
        await using var world = await MeetingWorld.StartAsync();
        // by nobody's interest: the first two minutes count as some
        await PassTicksAsync(world, 50);

        Assert.InRange(await PassTicksAsync(world, 100), 9, 11);
        await world.Meeting.GetAsync();
        await world.Cluster.Grains.GetBbbServerGrain(new BbbServerKey(MeetingWorld.Server)).LookAsync(world.Id);
        Assert.Equal(20, await PassTicksAsync(world, 20));
        world.Bbb.Seat(world.Id, 2);
        await PassTicksAsync(world, 60);
        Assert.Equal(100, await PassTicksAsync(world, 100));
        Assert.True((await world.Meeting.GetPresenceAsync())!.Running);
    }

    private static async Task PassDaysAsync(MeetingWorld world, int days)
    {
        for (var i = 0; i < days; i++)
        {
            await world.Cluster.ReminderSettledAsync(world.Meeting, MeetingWorld.Expiry);
            world.PassDays(1);
        }

        await world.Cluster.ReminderSettledAsync(world.Meeting, MeetingWorld.Expiry);
    }

    /// <summary>So many of the server's ticks; how often it was asked.</summary>
    private static async Task<int> PassTicksAsync(MeetingWorld world, int ticks)
    {
        var before = world.Bbb.Lists;
        for (var i = 0; i < ticks; i++)
        {
            world.Pass(MeetingWorld.PollInterval);
            // the next tick is set when this one is done
            await MeetingWorld.UntilAsync(() => Task.FromResult(world.Cluster.Clock.IsAwaited(world.Now + MeetingWorld.PollInterval)));
        }

        return world.Bbb.Lists - before;
    }
}
