using System.Globalization;
using System.Net;
using Actors.Api.Hosting;
using Actors.Api.Meetings.Wire;
using Actors.Api.Pages;
using Microsoft.Net.Http.Headers;

namespace Actors.Api.Meetings;

/// <summary>What somebody sees whose link does not lead into the conference now, in his language.</summary>
internal sealed class MeetingPage
{
    private const int RetrySeconds = 5;

    private const string Style =
        "body{margin:0;font:1.1rem/1.5 system-ui,sans-serif;background:#eef4f4;color:#12292c}" +
        "main{max-width:32rem;margin:0 auto;padding:2rem 1.25rem;text-align:center}h1{font-size:1.5rem;line-height:1.25}" +
        "button,a.go{display:block;width:100%;box-sizing:border-box;margin-top:1.5rem;padding:1rem;border:0;border-radius:.75rem;font:inherit;font-weight:700;" +
        "background:#0b3f46;color:#fff;text-decoration:none;overflow-wrap:anywhere;cursor:pointer}:focus-visible{outline:3px solid #e08a00;outline-offset:3px}";

    private static readonly string s_policy = SecurityHeaders.WithStyle(Style);

    private readonly HttpContext _http;
    private readonly bool _isFrench;

    private MeetingPage(HttpContext http, bool isFrench) => (_http, _isFrench) = (http, isFrench);

    /// <summary>The page, for browsers; null for programs.</summary>
    public static MeetingPage? For(HttpContext http) =>
        http.Request.GetTypedHeaders().Accept is { } accepted && accepted.Any(type => type.MediaType == "text/html" && type.Quality is not 0)
            ? new MeetingPage(http, Languages.Choose(http.Request.Headers[HeaderNames.AcceptLanguage]) == "fr")
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

    /// <summary>A button: programs that look where links lead press none.</summary>
    public IResult Confirm(string name) => Write(
        StatusCodes.Status200OK, retrySeconds: null,
        _isFrench ? "Votre lien personnel" : "Your personal link",
        _isFrench ? "Il ne sert qu'une fois. Quand vous êtes prêt(e), entrez." : "It works once. Enter when you are ready.",
        $"<form method=\"post\"><button type=\"submit\">{WebUtility.HtmlEncode(_isFrench ? $"Entrer en tant que {name}" : $"Enter as {name}")}</button></form>");

    public IResult LeadIn(string url) => Write(
        StatusCodes.Status200OK, retrySeconds: null,
        _isFrench ? "Un instant…" : "One moment…",
        _isFrench ? "Vous êtes conduit(e) dans la salle." : "You are being led into the room.",
        $"<p><a class=\"go\" href=\"{WebUtility.HtmlEncode(url)}\">{(_isFrench ? "Entrer" : "Enter")}</a></p>");

    public IResult Used() => Write(
        StatusCodes.Status410Gone, retrySeconds: null,
        _isFrench ? "Ce lien a déjà servi" : "This link has been used",
        _isFrench
            ? "Il ne menait qu'une seule personne, une seule fois. Si vous avez été déconnecté(e), ou si ce n'était pas vous, demandez un nouveau lien à la personne qui vous l'a envoyé."
            : "It led one person in, once. If you were disconnected, or if it was not you, ask whoever sent you the link for a new one.");

    public IResult Revoked() => Write(
        StatusCodes.Status410Gone, retrySeconds: null,
        _isFrench ? "Ce lien n'est plus valable" : "This link is no longer valid",
        _isFrench ? "Il a été retiré. Demandez à la personne qui vous l'a envoyé." : "It was withdrawn. Ask whoever sent it to you.");

    private static string Time(DateTimeOffset time) => MeetingJson.Time(time).Replace('T', ' ').TrimEnd('Z');

    private IResult Write(int status, int? retrySeconds, string title, string text, string more = "")
    {
        _http.Response.Headers.ContentSecurityPolicy = s_policy;
        var refresh = retrySeconds is { } seconds ? $"<meta http-equiv=\"refresh\" content=\"{seconds.ToString(CultureInfo.InvariantCulture)}\">" : "";
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="{(_isFrench ? "fr" : "en")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{refresh}<title>{title}</title><style>{Style}</style></head>
            <body>
            <main>
            <h1>{title}</h1>
            <p>{text}</p>
            {more}
            </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8", statusCode: status);
    }
}
