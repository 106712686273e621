using Orleans;
using Orleans.Concurrency;

namespace Actors.Meetings;

/// <summary>Pages that show a meeting, seen from its grain: one for all pages of a process.</summary>
[Alias("actors.meetings.observer")]
public interface IMeetingObserver : IGrainObserver
{
    /// <summary>Who is in it.</summary>
    [Alias("presence"), OneWay]
    Task OnPresenceAsync(MeetingPresence presence);
}
