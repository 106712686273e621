using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Hosting;
using Actors.Api.Limits;
using Actors.Api.Meetings.Wire;
using Actors.Meetings;
using Orleans;

namespace Actors.Api.Meetings.Links;

/// <summary>Personal links of a meeting: for whoever organises it.</summary>
internal static class LinkEndpoints
{
    private const int MaxId = 250;
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 4 };

    public static void MapLinks(this IEndpointRouteBuilder meetings)
    {
        var links = meetings.MapGroup("{guid}/links").ProducesProblem(StatusCodes.Status404NotFound);
        links.MapPost("", AddAsync).RequireScope(Scopes.MeetingsWrite).WithExample(MeetingExamples.AddLink, MeetingExamples.Link).WithName("addMeetingLink")
            .WithSummary("Makes a link for one person, once for an id; with \"invite\": true it goes there by mail.");
        links.MapGet("", ListAsync).RequireScope(Scopes.MeetingsRead).WithExample(answer: MeetingExamples.Links).WithName("listMeetingLinks")
            .WithSummary("The personal links, revoked ones too while there is room.");
        links.MapDelete("{id}", RevokeAsync).RequireScope(Scopes.MeetingsWrite).WithExample(answer: MeetingExamples.Link).WithName("revokeMeetingLink")
            .WithSummary("Revokes a link; whoever was invited by mail is told so.");
        links.MapPost("{id}/invitation", InviteAsync).RequireScope(Scopes.MeetingsWrite).WithExample(answer: MeetingExamples.Link).WithName("inviteToMeeting")
            .WithSummary("Sends a link's invitation once more; asked again within a minute it is the same mail.");
    }

    /// <summary>The beginning of a meeting's address, with a slash at the end.</summary>
    public static string AddressOf(string address, string slug, Guid meeting) => $"{address}/bbb/{slug}/meeting/{meeting:D}/";

    private static async Task<IResult> AddAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string slug, string guid)
    {
        if (await FindAsync(grains, slug, guid) is not { } meeting)
        {
            return MeetingRefusals.UnknownMeeting;
        }

        var (read, refusal) = await Bodies.ReadAsync<object>(http, LinkBody.MaxBytes, body =>
        {
            try
            {
                var whole = JsonNode.Parse(JsonDocument.Parse(body, s_options).RootElement.GetRawText(), documentOptions: s_options) as JsonObject;
                var (link, wrong) = whole is null ? (null, "The body is no object.") : LinkBody.Read(whole);
                return (link, wrong is null ? null : MeetingRefusals.Invalid(wrong));
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
            {
                return (null, MeetingRefusals.Invalid("The body is no JSON."));
            }
        });
        if (read is not ValueTuple<LinkContent, bool> asked)
        {
            return refusal!;
        }

        var ours = address.Of(http.Request);
        var outcome = await grains.GetMeetingGrain(new MeetingKey(meeting.Id)).AddLinkAsync(new AddLink(asked.Item1, asked.Item2, ours));
        return Answer(outcome, AddressOf(ours, slug, meeting.Id));
    }

    private static async Task<IResult> ListAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string slug, string guid)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await FindAsync(grains, slug, guid) is not { } meeting || await grains.GetMeetingGrain(new MeetingKey(meeting.Id)).GetLinksAsync() is not { } links)
        {
            return MeetingRefusals.UnknownMeeting;
        }

        var begin = AddressOf(address.Of(http.Request), slug, meeting.Id);
        return Envelope.Of(json =>
        {
            json.WriteStartArray();
            foreach (var link in links)
            {
                LinkJson.Write(json, begin, link);
            }

            json.WriteEndArray();
        });
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string slug, string guid, string id) =>
        await FindAsync(grains, slug, guid) is not { } meeting ? MeetingRefusals.UnknownMeeting
        : id.Length > MaxId ? LinkRefusals.UnknownLink
        : Answer(await grains.GetMeetingGrain(new MeetingKey(meeting.Id)).RevokeLinkAsync(id), AddressOf(address.Of(http.Request), slug, meeting.Id));

    private static async Task<IResult> InviteAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string slug, string guid, string id)
    {
        if (await FindAsync(grains, slug, guid) is not { } meeting)
        {
            return MeetingRefusals.UnknownMeeting;
        }

        var ours = address.Of(http.Request);
        return id.Length > MaxId
            ? LinkRefusals.UnknownLink
            : Answer(await grains.GetMeetingGrain(new MeetingKey(meeting.Id)).InviteAsync(id, ours), AddressOf(ours, slug, meeting.Id));
    }

    private static async Task<MeetingInfo?> FindAsync(IGrainFactory grains, string slug, string guid) =>
        MeetingEndpoints.GuidOf(guid) is { } id && await grains.GetMeetingGrain(new MeetingKey(id)).GetAsync() is { } meeting && meeting.Content.Slug == slug ? meeting : null;

    private static IResult Answer(LinkOutcome outcome, string meeting) => outcome.Status switch
    {
        LinkStatus.Done => Envelope.Of(json => LinkJson.Write(json, meeting, outcome.Link!)),
        LinkStatus.NotUnique => LinkRefusals.NotUnique,
        LinkStatus.Full => LinkRefusals.Full,
        LinkStatus.NotInvitable => LinkRefusals.NotInvitable,
        LinkStatus.UnknownLink => LinkRefusals.UnknownLink,
        _ => MeetingRefusals.UnknownMeeting,
    };
}
