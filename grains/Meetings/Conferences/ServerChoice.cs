namespace Actors.Meetings.Conferences;

/// <summary>Where a new conference goes: to the server that answers and has the least people for its weight.</summary>
internal static class ServerChoice
{
    /// <summary>As how many people a conference counts whose people have not come yet.</summary>
    private const int Expected = 15;

    /// <param name="servers">Servers in the order of the settings, with what is known of them.</param>
    /// <param name="options">The settings.</param>
    /// <returns>Names, the best first; those that take no new conferences are not among them.</returns>
    public static IReadOnlyList<string> Order(IEnumerable<(string Name, BbbServerStatus? Status)> servers, MeetingOptions options) =>
    [
        .. servers
            .Where(server => options.Servers.TryGetValue(server.Name, out var known) && known.Weight > 0)
            .OrderBy(server => server.Status?.Answers == false)
            .ThenBy(server => Load(server.Status) / options.Servers[server.Name].Weight)
            .Select(server => server.Name),
    ];

    private static double Load(BbbServerStatus? status) => status is null ? 0 : status.Participants + (Expected * status.Placed);
}
