using System.Globalization;
using Actors.Mail;
using Actors.Meetings;
using Actors.Silo.Mail;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Meetings;

/// <summary>Invitations through the mail queue.</summary>
internal sealed class Invitations(IMailQueue mails, MailOptions mail, IOptions<MeetingOptions> options) : IInvitations
{
    public ValueTask SendAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var texts = InvitationTexts.For(invitation.Person.Locale, TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone));
        var organizer = mail.From is null ? null : MailAddresses.Parse(mail.From);
        // what it says has a number, so that the same is never sent twice and a later one is not taken for it
        var id = string.Create(CultureInfo.InvariantCulture, $"meeting-{invitation.Meeting:N}-{invitation.Link}-{invitation.Created.ToUnixTimeSeconds()}-{invitation.Sequence}");
        return mails.EnqueueAsync(
            new OutgoingMail(id, [new MailParty(invitation.Person.Email!, invitation.Person.Name)], texts.Subject(invitation), texts.Text(invitation))
            {
                Html = texts.Html(invitation),
                Calendar = Appointment.Of(invitation, texts, organizer),
            },
            cancellationToken);
    }
}
