using System.Globalization;
using System.Security.Cryptography;

namespace Actors.Api.Demo.Conferences;

/// <summary>The conferences of the simulated BigBlueButton server, in memory: few, small, and gone when nobody is in them.</summary>
internal sealed class DemoRooms(TimeProvider time)
{
    private const int MaxRooms = 50;
    private const int MaxPeople = 50;

    /// <summary>As a real server does (facts.md, section 1.3): one that nobody joined goes after five minutes, one that all left after one.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Left = TimeSpan.FromMinutes(1);

    /// <summary>A page says every few seconds that it is still open; browsers let one in the background do so once a minute.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(90);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DemoRoom> _rooms = new(StringComparer.Ordinal);

    /// <summary>Makes a room, or finds it; null when its passwords are others, or there are too many.</summary>
    public (DemoRoom? Room, string Refusal) Create(string id, string name, string attendee, string moderator, string? ended)
    {
        lock (_lock)
        {
            Tidy();
            if (_rooms.TryGetValue(id, out var known))
            {
                return known.AttendeePassword == attendee && known.ModeratorPassword == moderator ? (known, "") : (null, "idNotUnique");
            }

            if (_rooms.Count >= MaxRooms)
            {
                return (null, "tooManyMeetings");
            }

            var now = time.GetUtcNow();
            return (_rooms[id] = new DemoRoom(id, name, attendee, moderator, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), ended) { EmptySince = now }, "");
        }
    }

    /// <summary>Somebody comes in; his id, or null when there is no such conference any more, or it is full.</summary>
    public string? Join(string id, string createTime, string name, bool isModerator)
    {
        lock (_lock)
        {
            Tidy();
            if (!_rooms.TryGetValue(id, out var room) || room.CreateTime != createTime || room.People.Count >= MaxPeople)
            {
                return null;
            }

            var person = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            room.People[person] = new DemoPerson(name, isModerator, time.GetUtcNow());
            room.WasUsed = true;
            return person;
        }
    }

    /// <summary>His page is still open: the room with all in it, or null when he is in none any more.</summary>
    public DemoView? Look(string person)
    {
        lock (_lock)
        {
            Tidy();
            if (_rooms.Values.FirstOrDefault(room => room.People.ContainsKey(person)) is not { } room)
            {
                return null;
            }

            var self = room.People[person] = room.People[person] with { Seen = time.GetUtcNow() };
            return new DemoView(room.Name, self, [.. room.People.Values.OrderBy(other => other.Name, StringComparer.OrdinalIgnoreCase)]);
        }
    }

    /// <summary>He goes.</summary>
    public void Leave(string person)
    {
        lock (_lock)
        {
            foreach (var room in _rooms.Values)
            {
                room.People.Remove(person);
            }

            Tidy();
        }
    }

    /// <summary>A moderator ends it for all; the address by which we are told, or null when he may not.</summary>
    public string? End(string person)
    {
        lock (_lock)
        {
            if (_rooms.Values.FirstOrDefault(room => room.People.TryGetValue(person, out var known) && known.IsModerator) is not { } room)
            {
                return null;
            }

            _rooms.Remove(room.Id);
            return room.EndedUrl;
        }
    }

    /// <summary>What a server's list says: id, how many people, how many moderators.</summary>
    public IReadOnlyList<(string Id, int People, int Moderators)> List()
    {
        lock (_lock)
        {
            Tidy();
            return [.. _rooms.Values.Select(room => (room.Id, room.People.Count, room.People.Values.Count(person => person.IsModerator)))];
        }
    }

    private void Tidy()
    {
        var now = time.GetUtcNow();
        foreach (var room in _rooms.Values.ToList())
        {
            foreach (var person in room.People.Where(person => now - person.Value.Seen > Silent).Select(person => person.Key).ToList())
            {
                room.People.Remove(person);
            }

            if (room.People.Count > 0)
            {
                room.EmptySince = now;
            }
            else if (now - room.EmptySince > (room.WasUsed ? Left : Unused))
            {
                _rooms.Remove(room.Id);
            }
        }
    }
}

/// <summary>A conference of the simulated server.</summary>
internal sealed record DemoRoom(string Id, string Name, string AttendeePassword, string ModeratorPassword, string CreateTime, string? EndedUrl)
{
    public Dictionary<string, DemoPerson> People { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset EmptySince { get; set; }

    public bool WasUsed { get; set; }
}

/// <summary>Somebody in it.</summary>
internal sealed record DemoPerson(string Name, bool IsModerator, DateTimeOffset Seen);

/// <summary>What somebody in it sees.</summary>
internal sealed record DemoView(string Name, DemoPerson Self, IReadOnlyList<DemoPerson> People);
