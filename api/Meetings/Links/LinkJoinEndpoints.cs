using Actors.Api.Problems;
using Actors.Meetings;
using Orleans;

namespace Actors.Api.Meetings.Links;

/// <summary>Coming in by a personal link.</summary>
internal static class LinkJoinEndpoints
{
    private const string Misses = "meeting-key";
    private const int MaxKey = 64;

    public static void MapLinkJoins(this IEndpointRouteBuilder meetings)
    {
        meetings.MapGet("{guid}/join/link/{key}", (HttpContext http, IGrainFactory grains, string slug, string guid, string key) => JoinAsync(http, grains, guid, key, confirms: false))
            .Leads().Produces(StatusCodes.Status200OK, contentType: "text/html").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status410Gone)
            .WithName("openMeetingLink").WithSummary("Leads the person of a link into the conference; for a link of one use a page with a button, which posts.");
        meetings.MapPost("{guid}/join/link/{key}", (HttpContext http, IGrainFactory grains, string slug, string guid, string key) => JoinAsync(http, grains, guid, key, confirms: true))
            .Leads().Produces(StatusCodes.Status200OK, contentType: "text/html").ProducesProblem(StatusCodes.Status410Gone)
            .WithName("useMeetingLink").WithSummary("Leads the person of a link into the conference, and uses up a link of one use.");
    }

    private static async Task<IResult> JoinAsync(HttpContext http, IGrainFactory grains, string guid, string key, bool confirms)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept, Accept-Language";
        var page = MeetingPage.For(http);
        LinkJoinOutcome found;
        try
        {
            found = MeetingEndpoints.GuidOf(guid) is { } id && key.Length <= MaxKey
                ? await grains.GetMeetingGrain(new MeetingKey(id)).JoinByLinkAsync(new JoinByLink(key, Visitor.Of(http), confirms))
                : new(new(MeetingStatus.Unknown, Url: null, Refusal: null, At: null), Link: null);
        }
        catch (Exception failure) when (page is not null && Outages.Include(failure))
        {
            return page.Unavailable(http);
        }

        var outcome = found.Outcome;
        switch (outcome.Status)
        {
            case MeetingStatus.Done when confirms && page is not null:
                return LeadIn(http, page, outcome.Url!);
            case MeetingStatus.Done:
                return Results.Redirect(outcome.Url!);
            case MeetingStatus.NeedsConfirmation:
                return page?.Confirm(found.Link!.Content.Name) ?? LinkRefusals.NeedsConfirmation;
            case MeetingStatus.Used:
                return page?.Used() ?? LinkRefusals.Used;
            case MeetingStatus.Revoked:
                return page?.Revoked() ?? LinkRefusals.Revoked;
            case MeetingStatus.TooEarly when page is not null:
                // there the button appears when the time has come; what stands behind # reaches no server and no log
                return Results.Redirect($"/meeting/{guid}#link={key}");
            default:
                return await JoinEndpoints.RefuseAsync(http, page, outcome, Misses);
        }
    }

    /// <summary>A form may lead to our own pages only (form-action), so the answer to one is a page that leads on.</summary>
    private static IResult LeadIn(HttpContext http, MeetingPage page, string url)
    {
        http.Response.Headers["Refresh"] = "0;url=" + url;
        return page.LeadIn(url);
    }
}
