using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Actors.Meetings;
using Actors.Silo.Meetings;

namespace Actors.Api.Demo.Conferences;

/// <summary>The BigBlueButton API with one server more, which is simulated here: what it is asked stays in this process, and its join links are signed as a real one's.</summary>
internal sealed class DemoBbb(BbbClient real, DemoRooms rooms) : IBbbApi
{
    /// <summary>The name of the simulated server, and its slug.</summary>
    public const string Server = "demo";

    /// <summary>Where its pages are.</summary>
    public const string Path = "/demo/bbb/api/join";

    // links of a conference end with it, and conferences with the process
    private readonly string _secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public Task<BbbCreated> CreateAsync(string server, ImmutableArray<MeetingParameter> parameters, CancellationToken cancellationToken)
    {
        if (server != Server)
        {
            return real.CreateAsync(server, parameters, cancellationToken);
        }

        var (id, attendee, moderator) = (ValueOf(parameters, "meetingID"), ValueOf(parameters, "attendeePW"), ValueOf(parameters, "moderatorPW"));
        var (room, refusal) = rooms.Create(id, ValueOf(parameters, "name"), attendee, moderator, ValueOf(parameters, "meetingEndedURL"));
        return Task.FromResult(room is null
            ? new BbbCreated(new BbbRefusal(refusal, "The simulated server refuses it."), [])
            : new BbbCreated(Refusal: null, [new("meetingID", id), new("attendeePW", attendee), new("moderatorPW", moderator), new("createTime", room.CreateTime)]));
    }

    public Task<ImmutableArray<BbbMeeting>> GetMeetingsAsync(string server, CancellationToken cancellationToken) => server == Server
        ? Task.FromResult<ImmutableArray<BbbMeeting>>([.. rooms.List().Select(room => new BbbMeeting(room.Id, room.People > 0, room.People, room.Moderators))])
        : real.GetMeetingsAsync(server, cancellationToken);

    public Uri JoinUrl(string server, ImmutableArray<MeetingParameter> parameters)
    {
        if (server != Server)
        {
            return real.JoinUrl(server, parameters);
        }

        // relative: at whichever address the visitor has found us
        var query = BbbQuery.Write(parameters);
        return new Uri($"{Path}?{query}&checksum={Checksum(query)}", UriKind.Relative);
    }

    /// <summary>Whether a query was signed here: cut out of what came, never written anew.</summary>
    public bool IsSigned(string query)
    {
        const string name = "&checksum=";
        var at = query.LastIndexOf(name, StringComparison.Ordinal);
        return at > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Checksum(query[..at])), Encoding.UTF8.GetBytes(query[(at + name.Length)..]));
    }

    private string Checksum(string query) => BbbQuery.Checksum(BbbAlgorithm.Sha256, "join", query, _secret);

    private static string ValueOf(ImmutableArray<MeetingParameter> parameters, string name) => parameters.FirstOrDefault(parameter => parameter.Name == name)?.Value ?? "";
}
