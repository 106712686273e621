using System.Globalization;
using Actors.Api.Meetings.Wire;
using Actors.Api.Pages;
using Microsoft.Net.Http.Headers;

namespace Actors.Api.Meetings;

/// <summary>What somebody sees whose link does not lead into the conference now, in his language.</summary>
internal sealed class MeetingPage
{
    private const int RetrySeconds = 5;

    private readonly bool _isFrench;

    private MeetingPage(bool isFrench) => _isFrench = isFrench;

    /// <summary>The page, for browsers; null for programs.</summary>
    public static MeetingPage? For(HttpContext http) =>
        http.Request.GetTypedHeaders().Accept is { } accepted && accepted.Any(type => type.MediaType == "text/html" && type.Quality is not 0)
            ? new MeetingPage(Languages.Choose(http.Request.Headers[HeaderNames.AcceptLanguage]) == "fr")
            : null;

    /// <summary>Tries again by itself.</summary>
    public IResult Unavailable(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        return Write(
            StatusCodes.Status503ServiceUnavailable, RetrySeconds,
            _isFrench ? "La visioconférence ne répond pas pour le moment" : "The conference does not answer at the moment",
            _isFrench ? "Laissez cette page ouverte : elle réessaie toute seule, dans quelques secondes." : "Leave this page open: it tries again by itself in a few seconds.");
    }

    /// <summary>Opens by itself, when the time has come.</summary>
    public IResult TooEarly(DateTimeOffset opens) => Write(
        StatusCodes.Status403Forbidden, RetrySeconds * 6,
        _isFrench ? "Le rendez-vous n'a pas encore commencé" : "The meeting has not begun yet",
        _isFrench
            ? $"Il ouvre le {Time(opens)} (UTC). Laissez cette page ouverte : elle vous y conduira."
            : $"It opens at {Time(opens)} (UTC). Leave this page open: it will lead you in.");

    public IResult TooLate() => Write(
        StatusCodes.Status403Forbidden, retrySeconds: null,
        _isFrench ? "Le rendez-vous est terminé" : "The meeting is over",
        _isFrench ? "Demandez un nouveau lien à la personne qui vous l'a envoyé." : "Ask whoever sent you the link for a new one.");

    public IResult Unknown() => Write(
        StatusCodes.Status404NotFound, retrySeconds: null,
        _isFrench ? "Ce lien ne mène à aucun rendez-vous" : "This link leads to no meeting",
        _isFrench ? "Vérifiez qu'il est complet, ou demandez-en un nouveau." : "Check that it is complete, or ask for a new one.");

    public IResult Refused() => Write(
        StatusCodes.Status502BadGateway, retrySeconds: null,
        _isFrench ? "La visioconférence n'a pas pu être ouverte" : "The conference could not be opened",
        _isFrench ? "Le serveur de visioconférence a refusé. Prévenez la personne qui vous a envoyé le lien." : "The conference server refused. Tell whoever sent you the link.");

    private static string Time(DateTimeOffset time) => MeetingJson.Time(time).Replace('T', ' ').TrimEnd('Z');

    private IResult Write(int status, int? retrySeconds, string title, string text) => Results.Content(
        $"""
        <!doctype html>
        <html lang="{(_isFrench ? "fr" : "en")}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{(retrySeconds is { } seconds ? $"<meta http-equiv=\"refresh\" content=\"{seconds.ToString(CultureInfo.InvariantCulture)}\">" : "")}<title>{title}</title></head>
        <body>
        <main>
        <h1>{title}</h1>
        <p>{text}</p>
        </main>
        </body>
        </html>
        """,
        "text/html; charset=utf-8", statusCode: status);
}
