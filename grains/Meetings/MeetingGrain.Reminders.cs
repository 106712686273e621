using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Meetings.Conferences;
using Actors.Notifications;
using Orleans;

namespace Actors.Meetings;

/// <summary>Reminding the users of personal links by a notification, on their pages and devices, shortly before the meeting.</summary>
internal sealed partial class MeetingGrain
{
    private const string Remind = "remind";
    private const string Origin = "meetings";

    /// <summary>The shortest that a reminder knows: tried so often until it is done.</summary>
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(1);

    /// <summary>Sees to it that whoever is to be reminded next is; before the link is stored, so that none is forgotten.</summary>
    private async Task ScheduleAsync(StoredMeeting meeting, ImmutableArray<StoredLink> links)
    {
        if (links.All(link => link.Content.User is null))
        {
            return;
        }

        var now = time.GetUtcNow();
        var next = links.Select(link => DueAt(meeting, link, now)).Where(due => due is not null).Min();
        if (next is { } due)
        {
            await this.RegisterOrUpdateReminder(Remind, due > now ? due - now : TimeSpan.Zero, BetweenTries);
        }
        else
        {
            await EndReminderAsync(Remind);
        }
    }

    private async Task RemindAsync()
    {
        if (_meeting is not { } meeting)
        {
            await EndReminderAsync(Remind);
            return;
        }

        var now = time.GetUtcNow();
        foreach (var link in _links.Where(link => DueAt(meeting, link, now) <= now))
        {
            // said again after a crash it is the same notification
            var id = string.Create(CultureInfo.InvariantCulture, $"meeting-{Id:N}-{link.Number}-{link.Created.ToUnixTimeSeconds()}");
            var command = new SendMessage([.. SHA256.HashData(Encoding.UTF8.GetBytes(id))], await ContentAsync(meeting, link, now), link.Content.User, Users: [], Group: null);
            await GrainFactory.GetMessageGrain(new MessageKey(id)).SendAsync(command);
            await ReplaceAsync(meeting, link, link with { IsReminded = true });
        }

        await ScheduleAsync(meeting, _links);
    }

    /// <summary>When the user of a link is to be reminded; null when he is not, or not any more.</summary>
    private DateTimeOffset? DueAt(StoredMeeting meeting, StoredLink link, DateTimeOffset now) =>
        link is { IsReminded: false, Revoked: null, Content.User: not null } && _options.RemindBefore > TimeSpan.Zero && StartOf(meeting, link) is { } start && start > now
            ? start - _options.RemindBefore
            : null;

    private static DateTimeOffset? StartOf(StoredMeeting meeting, StoredLink link)
    {
        var start = MeetingPlan.Of(meeting.Content.Metadata).Start ?? meeting.Content.NotBefore;
        return link.Content.NotBefore is { } own && (start is null || own > start) ? own : start;
    }

    private async Task<NotificationContent> ContentAsync(StoredMeeting meeting, StoredLink link, DateTimeOffset now)
    {
        var start = StartOf(meeting, link)!.Value;
        var end = start + TimeSpan.FromMinutes(MeetingPlan.Of(meeting.Content.Metadata).Minutes ?? 60);
        var (summary, body) = ReminderTexts.Of(meeting.Content.Name, start, link.Content.Locale, _options.TimeZone);
        return new NotificationContent(
            Origin, summary, body, $"{link.Address ?? meeting.Address}/meeting/{Id:D}#link={await KeyOfAsync(link)}", Icon: null, Image: null, link.Content.Locale, Actions: [],
            (int)Math.Min(int.MaxValue, (end - now).TotalSeconds), Urgency.High, Topic: null, ValidFrom: null, end);
    }
}
