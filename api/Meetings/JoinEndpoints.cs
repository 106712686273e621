using Actors.Api.Limits;
using Actors.Api.Meetings.Wire;
using Actors.Api.Problems;
using Actors.Meetings;
using Orleans;

namespace Actors.Api.Meetings;

/// <summary>Links by which people come in, and the address by which BigBlueButton says that they have gone.</summary>
internal static class JoinEndpoints
{
    private const string Misses = "meeting-key";
    private const int MaxKey = 64;
    private const int MaxFullName = 250;

    public static void MapJoins(this IEndpointRouteBuilder meetings)
    {
        meetings.MapGet("{guid}/join/user/{key}", (HttpContext http, IGrainFactory grains, string slug, string guid, string key) => JoinAsync(http, grains, guid, MeetingRole.User, key))
            .Leads().WithName("joinAsUser").WithSummary("Leads a user into the conference, which is made when need be.");
        meetings.MapGet("{guid}/join/agent/{key}", (HttpContext http, IGrainFactory grains, string slug, string guid, string key) => JoinAsync(http, grains, guid, MeetingRole.Agent, key))
            .Leads().WithName("joinAsAgent").WithSummary("Leads an agent into the conference, which is made when need be.");
        meetings.MapGet("{guid}/ended/{token}", EndedAsync).ExcludeFromDescription();
    }

    /// <summary>What all links answer, for the document.</summary>
    public static RouteHandlerBuilder Leads(this RouteHandlerBuilder join) => join
        .Produces(StatusCodes.Status302Found).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> JoinAsync(HttpContext http, IGrainFactory grains, string guid, MeetingRole role, string key)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept, Accept-Language";
        var page = MeetingPage.For(http);
        JoinOutcome outcome;
        try
        {
            outcome = MeetingEndpoints.GuidOf(guid) is { } id && key.Length <= MaxKey
                ? await grains.GetMeetingGrain(new MeetingKey(id)).JoinAsync(new JoinMeeting(role, key, FullNameOf(http)))
                : new(MeetingStatus.Unknown, Url: null, Refusal: null, At: null);
        }
        catch (Exception failure) when (page is not null && Outages.Include(failure))
        {
            return page.Unavailable(http);
        }

        return outcome.Status is MeetingStatus.Done ? Results.Redirect(outcome.Url!) : await RefuseAsync(http, page, outcome, Misses);
    }

    /// <summary>Why somebody is not led in: a page for browsers, the envelope for programs.</summary>
    public static async Task<IResult> RefuseAsync(HttpContext http, MeetingPage? page, JoinOutcome outcome, string misses)
    {
        switch (outcome.Status)
        {
            case MeetingStatus.Unavailable:
                return page?.Unavailable(http) ?? MeetingRefusals.Unavailable(http);
            case MeetingStatus.TooEarly:
                return page?.TooEarly(outcome.At!.Value) ?? Envelope.Refusal("TooEarly", $"The meeting opens at {MeetingJson.Time(outcome.At!.Value)}.", StatusCodes.Status403Forbidden);
            case MeetingStatus.TooLate:
                return page?.TooLate() ?? Envelope.Refusal("TooLate", $"The meeting closed at {MeetingJson.Time(outcome.At!.Value)}.", StatusCodes.Status403Forbidden);
            case MeetingStatus.Refused:
                return page?.Refused() ?? MeetingRefusals.Of(outcome.Refusal!);
            case MeetingStatus.NoServer:
                return page?.Refused() ?? MeetingRefusals.UnknownSlug;
            default:
                // keys are too long to be guessed; who tries is refused all the same
                if (await http.CountMissAsync(misses) is { } wait)
                {
                    return http.TooManyMisses(wait);
                }

                return page?.Unknown() ?? MeetingRefusals.UnknownMeeting;
        }
    }

    /// <summary>As whom the visitor wants to come in; BigBlueButton takes no control characters.</summary>
    private static string? FullNameOf(HttpContext http)
    {
        var name = new string([.. http.Request.Query["fullName"].ToString().Where(character => !char.IsControl(character)).Take(MaxFullName)]).Trim();
        return name.Length == 0 ? null : name;
    }

    private static async Task<IResult> EndedAsync(IGrainFactory grains, string slug, string guid, string token) =>
        MeetingEndpoints.GuidOf(guid) is { } id && token.Length <= MaxKey && await grains.GetMeetingGrain(new MeetingKey(id)).EndedAsync(token)
            ? Envelope.Of(static json => json.WriteNullValue())
            : MeetingRefusals.UnknownMeeting;
}
