using Actors.Api.Hubs;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Meetings.Lobby;

/// <summary>Pages of people who wait: <c>State({running,participants,opens,closes,over})</c> at once and whenever it changes.</summary>
internal sealed class MeetingsHub(LobbyRooms rooms) : Hub
{
    public override Task OnConnectedAsync() =>
        MeetingEndpoints.GuidOf(Context.GetHttpContext()?.Request.Query["guid"].ToString() ?? "") is { } guid
            ? rooms.OpenAsync(guid, Context.Features.GetRequiredFeature<HubConnectionContext>())
            : throw HubRefusals.Refuse(LobbyEndpoints.UnknownMeeting);

    public override Task OnDisconnectedAsync(Exception? exception) => rooms.CloseAsync(Context.ConnectionId);
}
