using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Actors.Meetings;

namespace Actors.Grains.Tests.Meetings;

/// <summary>A BigBlueButton server at the edge of the simulated world: it answers at once, not at all, or when it is let.</summary>
internal sealed class ScriptedBbb : IBbbApi
{
    private readonly ConcurrentDictionary<string, int> _people = new(StringComparer.Ordinal);
    private int _creates;
    private int _lists;

    /// <summary>Nobody answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Create answers when this is done.</summary>
    public TaskCompletionSource? Held { get; set; }

    public int Creates => Volatile.Read(ref _creates);

    public int Lists => Volatile.Read(ref _lists);

    /// <summary>So many are in a conference from now on.</summary>
    public void Seat(Guid meeting, int people) => _people[meeting.ToString("D")] = people;

    public async Task<BbbCreated> CreateAsync(string server, ImmutableArray<MeetingParameter> parameters, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _creates);
        if (Held is { } held)
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        ThrowIfSilent();
        _people.TryAdd(parameters.Single(parameter => parameter.Name == "meetingID").Value, 0);
        return new BbbCreated(Refusal: null, [new("createTime", "1531155809613")]);
    }

    public Task<ImmutableArray<BbbMeeting>> GetMeetingsAsync(string server, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lists);
        ThrowIfSilent();
        return Task.FromResult(_people.Select(pair => new BbbMeeting(pair.Key, pair.Value > 0, pair.Value, 0)).ToImmutableArray());
    }

    public Uri JoinUrl(string server, ImmutableArray<MeetingParameter> parameters) =>
        new("https://bbb.example.org/join?" + string.Join('&', parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))));

    private void ThrowIfSilent()
    {
        if (IsSilent)
        {
            throw new IOException("The server did not answer in time.");
        }
    }
}
