using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Actors.TestKit.Meetings;

/// <summary>A conference of the double.</summary>
/// <param name="Id">The id by which it was made.</param>
/// <param name="Name">What it is called.</param>
/// <param name="AttendeePassword">Its viewers' password.</param>
/// <param name="ModeratorPassword">Its moderators' password.</param>
/// <param name="CreateTime">When it was made, in milliseconds since 1970.</param>
/// <param name="Parameters">All that create was given.</param>
public sealed record BbbConference(
    string Id, string Name, string AttendeePassword, string ModeratorPassword, long CreateTime, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Who is in it: name and role.</summary>
    public ConcurrentQueue<(string Name, string Role)> People { get; } = new();

    /// <summary>What the server calls it: the hash of its id and when it was made (facts, 1.3).</summary>
#pragma warning disable CA5350 // a name, and no secret
    public string InternalId => $"{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(Id)))}-{CreateTime}";
#pragma warning restore CA5350

    /// <summary>Whether somebody is in it.</summary>
    public bool IsRunning => !People.IsEmpty;

    /// <summary>How many moderators are in it.</summary>
    public int Moderators => People.Count(person => person.Role == "MODERATOR");
}
