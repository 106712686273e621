using System.Collections.Concurrent;
using Actors.Api.Hubs;
using Actors.Meetings;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Meetings.Lobby;

/// <summary>All pages of this process that show one meeting, as the meeting's grain sees them.</summary>
internal sealed class LobbyRoom(Guid meeting, Func<MeetingPresence, Task<LobbyBody?>> describe) : IMeetingObserver
{
    /// <summary>The pages by their connections.</summary>
    public ConcurrentDictionary<string, LobbyPage> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>The meeting's guid.</summary>
    public Guid Meeting => meeting;

    /// <summary>The reference by which the grain calls this object.</summary>
    public IMeetingObserver? Reference { get; set; }

    public async Task OnPresenceAsync(MeetingPresence presence)
    {
        if (await describe(presence) is { } state)
        {
            var message = Message(state);
            foreach (var page in Pages.Values)
            {
                page.Show(message);
            }
        }
    }

    /// <summary>What a page is told.</summary>
    public static SerializedHubMessage Message(LobbyBody state) => HubRecords.Invocation("State", json =>
    {
        json.WriteBoolean("running", state.Running);
        json.WriteNumber("participants", state.Participants);
        WriteTime("opens", state.Opens);
        WriteTime("closes", state.Closes);
        json.WriteBoolean("over", state.Over);

        void WriteTime(string name, DateTimeOffset? time)
        {
            if (time is { } known)
            {
                json.WriteString(name, known);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    });
}
