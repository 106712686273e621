using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Hosting;
using Actors.Api.Limits;
using Actors.Api.Meetings.Wire;
using Actors.Meetings;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Meetings;

/// <summary>Making a meeting and reading it.</summary>
internal static class MeetingEndpoints
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16 };

    public static void MapMeetings(this IEndpointRouteBuilder meetings)
    {
        meetings.MapPost("", CreateAsync).RequireScope(Scopes.MeetingsWrite).WithName("createMeeting")
            .WithExample(MeetingExamples.Create, MeetingExamples.Meeting).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Makes a meeting, once for an idempotent_id; the same content again is the same meeting.");
        meetings.MapGet("{guid}", GetAsync).WithName("getMeeting")
            .WithExample(answer: MeetingExamples.Meeting).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A meeting; without the scope meetings.read without what participants may not know.");
        meetings.MapGet("{guid}/is-running", IsRunningAsync).WithName("isMeetingRunning")
            .WithExample(answer: MeetingExamples.Running).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Whether somebody is in it, from memory.");
    }

    /// <summary>A guid as it is written in our addresses; anything else leads nowhere.</summary>
    public static Guid? GuidOf(string text) => Guid.TryParseExact(text, "D", out var guid) ? guid : null;

    private static async Task<IResult> CreateAsync(
        HttpContext http, IGrainFactory grains, IMeetingSecrets secrets, IOptions<MeetingOptions> options, PublicAddress address, string slug)
    {
        if (options.Value.ServersOf(slug).Count == 0)
        {
            return MeetingRefusals.UnknownSlug;
        }

        var (content, refusal) = await Bodies.ReadAsync<MeetingContent>(http, MeetingBody.MaxBytes, body =>
        {
            try
            {
                var whole = JsonNode.Parse(JsonDocument.Parse(body, s_options).RootElement.GetRawText(), documentOptions: s_options) as JsonObject;
                var (read, wrong) = whole is null ? (null, "The body is no object.") : MeetingBody.Read(slug, whole);
                return (read, wrong is null ? null : MeetingRefusals.Invalid(wrong));
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
            {
                // no JSON, a member twice, or a text with half a surrogate pair
                return (null, MeetingRefusals.Invalid("The body is no JSON."));
            }
        });
        if (content is null)
        {
            return refusal!;
        }

        var guid = await secrets.GuidOfAsync(slug, content.IdempotentId, http.RequestAborted);
        var ours = address.Of(http.Request);
        var outcome = await grains.GetMeetingGrain(new MeetingKey(guid)).CreateAsync(new CreateMeeting(content, ours));
        return outcome.Status switch
        {
            MeetingStatus.Done => Envelope.Of(json => MeetingJson.Write(json, outcome.Meeting!, ours, isWhole: true)),
            MeetingStatus.NotUnique => MeetingRefusals.NotUnique,
            MeetingStatus.Refused => MeetingRefusals.Of(outcome.Refusal!),
            MeetingStatus.NoServer => MeetingRefusals.UnknownSlug,
            _ => MeetingRefusals.Unavailable(http),
        };
    }

    private static async Task<IResult> GetAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string slug, string guid)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (GuidOf(guid) is not { } id || await grains.GetMeetingGrain(new MeetingKey(id)).GetAsync() is not { } meeting || meeting.Content.Slug != slug)
        {
            return MeetingRefusals.UnknownMeeting;
        }

        return Envelope.Of(json => MeetingJson.Write(json, meeting, address.Of(http.Request), Caller.HasScope(http.User, Scopes.MeetingsRead)));
    }

    private static async Task<IResult> IsRunningAsync(HttpContext http, IGrainFactory grains, string slug, string guid)
    {
        if (GuidOf(guid) is not { } id || await grains.GetMeetingGrain(new MeetingKey(id)).GetPresenceAsync() is not { } presence)
        {
            return MeetingRefusals.UnknownMeeting;
        }

        // many pages of people who wait behind one proxy ask once
        http.Response.Headers.CacheControl = "public, max-age=2";
        return Envelope.Of(json => json.WriteBooleanValue(presence.Running));
    }
}
