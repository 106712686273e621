using System.Globalization;
using Actors.Mail;
using Actors.Meetings;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Calendar = Ical.Net.Calendar;

namespace Actors.Silo.Meetings;

/// <summary>
/// The appointment of an invitation. PUBLISH and not REQUEST (RFC 5546, sections 3.2.1 and 3.2.2): a request asks for an
/// answer to an organizer's mailbox, which nobody reads here.
/// </summary>
internal static class Appointment
{
    private const double DefaultMinutes = 30;
    private const string Cancel = "CANCEL";
    private const string Publish = "PUBLISH";
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(15);

    /// <summary>The appointment, or null where nobody said when the meeting is.</summary>
    public static MailCalendar? Of(Invitation invitation, InvitationTexts texts, MailParty? organizer)
    {
        if (TimeOf(invitation) is not { } time)
        {
            return null;
        }

        var appointment = new CalendarEvent
        {
            Uid = string.Create(CultureInfo.InvariantCulture, $"{invitation.Meeting:N}-{invitation.Link}-{invitation.Created.ToUnixTimeSeconds()}@actors"),
            Sequence = invitation.Sequence,
            DtStamp = Utc(invitation.At),
            Start = Utc(time.Start),
            End = Utc(time.End),
            Summary = invitation.Content.Name,
            Location = MeetingPlan.Of(invitation.Content.Metadata).Place ?? texts.Video,
            Status = invitation.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Opaque,
        };
        if (organizer is not null)
        {
            appointment.Organizer = new Organizer("mailto:" + organizer.Address) { CommonName = organizer.Name };
        }

        if (!invitation.IsCancelled)
        {
            appointment.Url = new Uri(invitation.Url);
            appointment.Description = texts.Description(invitation);
            appointment.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = invitation.Content.Name, Trigger = new Trigger(Duration.FromTimeSpanExact(-Reminder)) });
        }

        var method = invitation.IsCancelled ? Cancel : Publish;
        var calendar = new Calendar { Method = method, ProductId = "-//Actors//Meetings//EN", Events = { appointment } };
        return new MailCalendar(method, new CalendarSerializer().SerializeToString(calendar)!);
    }

    /// <summary>The meeting's beginning and length, or else the window of the link.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? TimeOf(Invitation invitation)
    {
        var plan = MeetingPlan.Of(invitation.Content.Metadata);
        if ((plan.Start ?? invitation.Person.NotBefore ?? invitation.Content.NotBefore) is not { } start)
        {
            return null;
        }

        var end = plan.Minutes is { } minutes ? start.AddMinutes(minutes)
            : plan.Start is null ? invitation.Person.NotAfter ?? invitation.Content.NotAfter
            : null;
        return (start, end > start ? end.Value : start.AddMinutes(DefaultMinutes));
    }

    private static CalDateTime Utc(DateTimeOffset time) => new(time.UtcDateTime, CalDateTime.UtcTzId);
}
