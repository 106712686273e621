using System.Net;
using System.Text;
using Actors.Api.Hosting;
using Actors.Api.Meetings;
using Actors.Api.Pages;
using Actors.Meetings;
using Orleans;

namespace Actors.Api.Demo.Conferences;

/// <summary>The rooms of the simulated server, as pages.</summary>
internal static class DemoRoomEndpoints
{
    private const string Prefix = "/demo/bbb/room/";
    private const string Meeting = "meeting";
    private const int MaxPerson = 64;

    private const string Style =
        "body{margin:0;font:1.1rem/1.5 system-ui,sans-serif;background:#12292c;color:#fff}main{max-width:32rem;margin:0 auto;padding:1.5rem 1.25rem}" +
        "h1{font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}ul{list-style:none;margin:1rem 0;padding:0}li{padding:.75rem 1rem;margin:.5rem 0;border-radius:.75rem;background:#24474c;overflow-wrap:anywhere}" +
        ".self{outline:3px solid #ffbf47}a{color:#ffd98f}small{opacity:.8}form{display:inline-block;margin:.5rem .5rem 0 0}button{padding:.75rem 1.25rem;border:0;border-radius:.75rem;font:inherit;font-weight:700;cursor:pointer}" +
        ":focus-visible{outline:3px solid #ffbf47;outline-offset:3px}";

    private static readonly string s_policy = SecurityHeaders.WithStyle(Style);

    public static void MapDemoRooms(this IEndpointRouteBuilder app)
    {
        app.MapGet(DemoBbb.Path, Join).ExcludeFromDescription();
        app.MapGet(Prefix + "{person}", Room).ExcludeFromDescription();
        app.MapPost(Prefix + "{person}/leave", Leave).ExcludeFromDescription();
        app.MapPost(Prefix + "{person}/end", EndAsync).ExcludeFromDescription();
    }

    private static IResult Join(HttpContext http, DemoBbb bbb, DemoRooms rooms)
    {
        var query = http.Request.Query;
        if (!bbb.IsSigned(http.Request.QueryString.Value?.TrimStart('?') ?? "")
            || rooms.Join(query["meetingID"].ToString(), query["createTime"].ToString(), query["fullName"].ToString(), query["role"] == "MODERATOR") is not { } person)
        {
            return Gone(http);
        }

        return Results.Redirect($"{Prefix}{person}{Back(query["meetingID"].ToString())}");
    }

    private static IResult Room(HttpContext http, DemoRooms rooms, string person)
    {
        if (person.Length > MaxPerson || rooms.Look(person) is not { } view)
        {
            return Gone(http);
        }

        var isFrench = IsFrench(http);
        var back = Back(http.Request.Query[Meeting].ToString());
        var people = new StringBuilder();
        foreach (var other in view.People)
        {
            var role = other.IsModerator ? "agent" : isFrench ? "usager" : "user";
            people.Append("<li").Append(other == view.Self ? " class=\"self\"" : "").Append('>').Append(WebUtility.HtmlEncode(other.Name)).Append(" <small>(").Append(role).Append(")</small></li>");
        }

        var end = view.Self.IsModerator ? $"<form method=\"post\" action=\"{Prefix}{person}/end{back}\"><button>{(isFrench ? "Terminer pour tous" : "End for all")}</button></form>" : "";
        return Page(
            http, StatusCodes.Status200OK, refreshes: true, view.Name,
            $"""
            <p>{(isFrench ? "Salle de démonstration : sans image ni son. Y sont :" : "A demonstration room, without picture or sound. In it are:")}</p>
            <ul id="people">{people}</ul>
            <form method="post" action="{Prefix}{person}/leave{back}"><button>{(isFrench ? "Quitter" : "Leave")}</button></form>{end}
            """);
    }

    private static IResult Leave(HttpContext http, DemoRooms rooms, string person)
    {
        rooms.Leave(person);
        return Gone(http);
    }

    /// <summary>Ends it, and tells the meeting as a real server does by its end callback.</summary>
    private static async Task<IResult> EndAsync(HttpContext http, DemoRooms rooms, IGrainFactory grains, string person)
    {
        // …/meeting/{guid}/ended/{token}/
        if (rooms.End(person)?.TrimEnd('/').Split('/') is [.., var guid, "ended", var token] && MeetingEndpoints.GuidOf(guid) is { } meeting)
        {
            await grains.GetMeetingGrain(new MeetingKey(meeting)).EndedAsync(token);
        }

        return Gone(http);
    }

    private static IResult Gone(HttpContext http)
    {
        var isFrench = IsFrench(http);
        var lobby = MeetingEndpoints.GuidOf(http.Request.Query[Meeting].ToString()) is { } meeting
            ? $"<p><a href=\"/meeting/{meeting:D}\">{(isFrench ? "Revenir à la page du rendez-vous" : "Back to the meeting's page")}</a></p>"
            : "";
        return Page(
            http, StatusCodes.Status200OK, refreshes: false,
            isFrench ? "Vous n'êtes plus dans la salle" : "You are not in the room any more",
            $"<p>{(isFrench ? "Pour y revenir, ouvrez de nouveau votre lien." : "To come back, open your link again.")}</p>{lobby}");
    }

    /// <summary>Has the pages know the meeting even when its room is gone; what is no guid is dropped.</summary>
    private static string Back(string meeting) => MeetingEndpoints.GuidOf(meeting) is { } guid ? $"?{Meeting}={guid:D}" : "";

    private static bool IsFrench(HttpContext http) => Languages.Choose(http.Request.Headers.AcceptLanguage) == "fr";

    private static IResult Page(HttpContext http, int status, bool refreshes, string title, string content)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = s_policy;
        var name = WebUtility.HtmlEncode(title);
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="{(IsFrench(http) ? "fr" : "en")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{(refreshes ? "<meta http-equiv=\"refresh\" content=\"4\">" : "")}<title>{name}</title><style>{Style}</style></head>
            <body><main><h1>{name}</h1>{content}</main></body>
            </html>
            """,
            "text/html; charset=utf-8", statusCode: status);
    }
}
