using Orleans;

namespace Actors.Meetings;

/// <summary>The key of a meeting: its guid, which is what makes its page private.</summary>
/// <param name="Id">The guid.</param>
public readonly record struct MeetingKey(Guid Id)
{
    private const string Prefix = "meeting:";

    /// <summary>The key of a grain.</summary>
    public static MeetingKey Parse(string key) => new(Guid.Parse(key.AsSpan(Prefix.Length)));

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Id.ToString("D");
}

/// <summary>The key of a BigBlueButton server: its name in the settings.</summary>
/// <param name="Name">The name.</param>
public readonly record struct BbbServerKey(string Name)
{
    private const string Prefix = "bbb-server:";

    /// <summary>The key of a grain.</summary>
    public static BbbServerKey Parse(string key) => new(key[Prefix.Length..]);

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Name;
}

/// <summary>The only way by which these grains are fetched.</summary>
public static class MeetingsGrainFactoryExtensions
{
    /// <summary>The meeting with this guid.</summary>
    public static IMeetingGrain GetMeetingGrain(this IGrainFactory grains, MeetingKey key) => grains.GetGrain<IMeetingGrain>(key.ToString());

    /// <summary>The server of this name.</summary>
    public static IBbbServerGrain GetBbbServerGrain(this IGrainFactory grains, BbbServerKey key) => grains.GetGrain<IBbbServerGrain>(key.ToString());
}
