using System.Globalization;
using System.Net;
using System.Text;
using Actors.Meetings;

namespace Actors.Silo.Meetings;

/// <summary>What invitations say, in French or English.</summary>
internal sealed class InvitationTexts
{
    private static readonly string[] s_frenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] s_frenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private readonly bool _isFrench;
    private readonly TimeZoneInfo _zone;

    private InvitationTexts(bool isFrench, TimeZoneInfo zone) => (_isFrench, _zone) = (isFrench, zone);

    /// <summary>Where a meeting takes place that names no place.</summary>
    public string Video => _isFrench ? "Visioconférence" : "Video conference";

    /// <summary>The texts in a language; times are those of a zone, since a mail cannot know where it is read.</summary>
    public static InvitationTexts For(string locale, TimeZoneInfo zone) => new(locale != "en", zone);

    public string Subject(Invitation invitation) =>
        (invitation.IsCancelled ? _isFrench ? "Annulé : " : "Cancelled: " : _isFrench ? "Rendez-vous : " : "Meeting: ") + invitation.Content.Name;

    public string Text(Invitation invitation)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(invitation))
        {
            text.Append(line).Append("\n\n");
        }

        if (!invitation.IsCancelled)
        {
            text.Append(Link).Append('\n').Append(invitation.Url).Append("\n\n").Append(Private(invitation)).Append('\n');
        }

        return text.ToString();
    }

    public string Html(Invitation invitation)
    {
        var html = new StringBuilder($"<!doctype html><html lang=\"{(_isFrench ? "fr" : "en")}\"><body style=\"font-family:sans-serif;font-size:16px;line-height:1.5\">");
        foreach (var line in Lines(invitation))
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(line)).Append("</p>");
        }

        if (!invitation.IsCancelled)
        {
            html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(invitation.Url))
                .Append("\" style=\"display:inline-block;padding:12px 24px;background:#0b3f46;color:#ffffff;text-decoration:none;border-radius:8px\">")
                .Append(_isFrench ? "Entrer dans la salle" : "Enter the room").Append("</a></p><p>").Append(WebUtility.HtmlEncode(Private(invitation))).Append("</p>");
        }

        return html.Append("</body></html>").ToString();
    }

    /// <summary>What the appointment says in a calendar.</summary>
    public string Description(Invitation invitation) => $"{Link} {invitation.Url}\n{Private(invitation)}";

    private string Link => _isFrench ? "Votre lien personnel :" : "Your personal link:";

    private IEnumerable<string> Lines(Invitation invitation)
    {
        var plan = MeetingPlan.Of(invitation.Content.Metadata);
        yield return _isFrench ? $"Bonjour {invitation.Person.Name}," : $"Hello {invitation.Person.Name},";
        if (invitation.IsCancelled)
        {
            yield return _isFrench
                ? $"le rendez-vous « {invitation.Content.Name} » n'a plus besoin de vous : votre lien ne mène plus nulle part."
                : $"you are not expected any more at the meeting “{invitation.Content.Name}”: your link leads nowhere now.";
            yield break;
        }

        var isPlaced = plan.Place is not null;
        yield return _isFrench ? $"vous êtes invité(e) au rendez-vous « {invitation.Content.Name} »." : $"you are invited to the meeting “{invitation.Content.Name}”.";
        if (Appointment.TimeOf(invitation) is { } time)
        {
            yield return When(time.Start);
        }

        if (isPlaced)
        {
            yield return _isFrench ? $"Lieu : {plan.Place}" : $"Place: {plan.Place}";
        }

        if (!plan.Prepare.IsEmpty)
        {
            yield return (_isFrench ? "À préparer : " : "To have at hand: ") + string.Join(" · ", plan.Prepare);
        }
    }

    private string Private(Invitation invitation) => invitation.Person.IsSingle
        ? _isFrench ? "Ce lien est à vous seul(e) et ne sert qu'une fois : ne le transmettez pas." : "This link is yours alone and works once: do not pass it on."
        : _isFrench ? "Ce lien est à vous seul(e) : ne le transmettez pas." : "This link is yours alone: do not pass it on.";

    private string When(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, _zone);
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return _isFrench
            ? $"{s_frenchDays[(int)local.DayOfWeek]} {local.Day.ToString(CultureInfo.InvariantCulture)} {s_frenchMonths[local.Month - 1]} {local.Year.ToString(CultureInfo.InvariantCulture)} à {clock} ({_zone.Id})"
            : local.ToString("dddd d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture) + $" ({_zone.Id})";
    }
}
