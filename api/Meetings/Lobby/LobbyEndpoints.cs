using Actors.Api.Hosting;
using Actors.Api.Limits;
using Actors.Api.Pages;
using Actors.Api.Problems;
using Actors.Meetings;
using Orleans;

namespace Actors.Api.Meetings.Lobby;

/// <summary>The page of a meeting, for whoever has its guid.</summary>
internal static class LobbyEndpoints
{
    /// <summary>The refusal of a guid that leads nowhere.</summary>
    public static readonly Problem UnknownMeeting = new("meeting_unknown", 404, "There is no such meeting.");

    private const string LinkHeader = "X-Meeting-Link";
    private const string Misses = "meeting-key";
    private const int MaxKey = 64;
    private static readonly Problem UnknownLink = new("link_unknown", 404, "This link leads to no meeting.");
    private static readonly Problem UsedLink = new("link_used", 410, "This link has been used; ask whoever sent it for a new one.");
    private static readonly Problem RevokedLink = new("link_revoked", 410, "This link was withdrawn; ask whoever sent it.");

    public static void MapLobby(this WebApplication app)
    {
        app.MapGet("/api/meetings/{guid}", GetAsync).AddEndpointFilter<FailureFilter>().WithTags("Meetings").WithName("getLobby")
            .WithSummary("A meeting as its visitors see it.").Produces<LobbyBody>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone);
        app.MapPage("/meeting/{guid}", "meeting.html");
        app.MapHub<MeetingsHub>("/hubs/meetings", hub => hub.AllowStatefulReconnects = false);
    }

    private static async Task<IResult> GetAsync(HttpContext http, IGrainFactory grains, PublicAddress address, TimeProvider time, string guid)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (MeetingEndpoints.GuidOf(guid) is not { } id)
        {
            return UnknownMeeting.ToResult();
        }

        var grain = grains.GetMeetingGrain(new MeetingKey(id));
        if (await grain.GetPresenceAsync() is not { } presence || await grain.GetAsync() is not { } meeting)
        {
            return UnknownMeeting.ToResult();
        }

        // in a header: addresses are written into logs
        if (http.Request.Headers[LinkHeader].ToString() is not { Length: > 0 } key)
        {
            return Results.Ok(LobbyBody.Of(meeting, presence, address.Of(http.Request), time.GetUtcNow()));
        }

        if (key.Length > MaxKey || await grain.FindLinkAsync(key) is not { } link)
        {
            return await http.CountMissAsync(Misses) is { } wait ? http.TooManyMisses(wait) : UnknownLink.ToResult();
        }

        return link.Revoked is not null ? RevokedLink.ToResult()
            : link.Content.IsSingle && link.FirstUsed is not null ? UsedLink.ToResult()
            : Results.Ok(LobbyBody.Of(meeting, presence, address.Of(http.Request), time.GetUtcNow(), link));
    }
}
