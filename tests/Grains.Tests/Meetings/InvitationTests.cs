using Actors.Meetings;

namespace Actors.Grains.Tests.Meetings;

/// <summary>Invitations by mail: each once, whatever fails in between.</summary>
public sealed class InvitationTests
{
    private static readonly LinkContent Marie = MeetingWorld.Link(email: "marie@example.org");

    [Fact]
    public async Task Invite_Repeated_IsOneMail_AlsoWhenTheQueueHasForgottenIt()
    {
        await using var world = await MeetingWorld.StartAsync();

        await world.AddAsync(Marie, invites: true);
        await world.AddAsync(Marie, invites: true);
        await world.InviteAgainAsync();
        Assert.Equal(["PUBLISH 0"], await world.TakeMailsAsync());

        world.PassDays(40);
        await world.ForgetMailsAsync();
        await world.AddAsync(Marie, invites: true);
        Assert.Empty(await world.TakeMailsAsync());
    }

    [Fact]
    public async Task Invite_LaterAgain_AndRevoked_IsTheSameAppointmentWithAHigherNumber()
    {
        await using var world = await MeetingWorld.StartAsync();
        await world.AddAsync(Marie);
        Assert.Empty(await world.TakeMailsAsync());

        await world.AddAsync(Marie, invites: true);
        world.Pass(TimeSpan.FromMinutes(1));
        await world.InviteAgainAsync();
        Assert.Equal(["PUBLISH 0", "PUBLISH 1"], await world.TakeMailsAsync());

        await world.Meeting.RevokeLinkAsync("marie");
        await world.Meeting.RevokeLinkAsync("marie");
        Assert.Equal(["CANCEL 2"], await world.TakeMailsAsync());
        await world.ForgetMailsAsync();
        await world.Meeting.RevokeLinkAsync("marie");
        Assert.Empty(await world.TakeMailsAsync());
    }

    [Fact]
    public async Task Revoke_OfWhoWasNotInvited_TellsNobody()
    {
        await using var world = await MeetingWorld.StartAsync();
        await world.AddAsync(Marie);

        await world.Meeting.RevokeLinkAsync("marie");

        Assert.Empty(await world.TakeMailsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invite_WhoseMailCouldNotBeQueued_GoesOnce(bool isRepeated)
    {
        await using var world = await MeetingWorld.StartAsync();
        world.MailFaults.Refuses = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.AddAsync(Marie, invites: true));
        await world.Cluster.RestartAsync(orderly: false);
        world.MailFaults.Refuses = false;

        if (isRepeated)
        {
            await world.AddAsync(Marie, invites: true);
        }
        else
        {
            await RemindAsync(world);
        }

        await world.UntilMailAsync();
        Assert.Equal(["PUBLISH 0"], await world.TakeMailsAsync());
        await RemindAsync(world);
        Assert.Empty(await world.TakeMailsAsync());
    }

    [Fact]
    public async Task Invite_WhoseAnswerWasLost_GoesOnce()
    {
        await using var world = await MeetingWorld.StartAsync();
        world.MailFaults.LosesAnswers = true;
        await Assert.ThrowsAnyAsync<Exception>(() => world.AddAsync(Marie, invites: true));
        world.MailFaults.LosesAnswers = false;

        await world.AddAsync(Marie, invites: true);

        Assert.Equal(["PUBLISH 0"], await world.TakeMailsAsync());
    }

    private static async Task RemindAsync(MeetingWorld world)
    {
        await world.Cluster.ReminderSettledAsync(world.Meeting, MeetingWorld.Expiry);
        world.PassDays(1);
        await world.Cluster.ReminderSettledAsync(world.Meeting, MeetingWorld.Expiry);
    }
}
