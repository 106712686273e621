using Actors.Api.Hosting;
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

    public static void MapLobby(this WebApplication app)
    {
        app.MapGet("/api/meetings/{guid}", GetAsync).AddEndpointFilter<FailureFilter>().WithTags("Meetings").WithName("getLobby")
            .WithSummary("A meeting as its visitors see it.").Produces<LobbyBody>().ProducesProblem(StatusCodes.Status404NotFound);
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
        return await grain.GetPresenceAsync() is { } presence && await grain.GetAsync() is { } meeting
            ? Results.Ok(LobbyBody.Of(meeting, presence, address.Of(http.Request), time.GetUtcNow()))
            : UnknownMeeting.ToResult();
    }
}
