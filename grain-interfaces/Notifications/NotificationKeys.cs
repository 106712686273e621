using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Orleans;

namespace Actors.Notifications;

/// <summary>The key of a user: the portal's own id of him.</summary>
/// <param name="Id">The id, 1 to 128 characters.</param>
public readonly record struct UserKey(string Id)
{
    private const string Prefix = "user:";

    /// <summary>The key of a grain.</summary>
    public static UserKey Parse(string key) => new(KeyText.Decode(key[Prefix.Length..]));

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + KeyText.Encode(Id);
}

/// <summary>The key of a message: what was sent in one call, to however many.</summary>
/// <param name="Id">Its id: 1 to 64 of A-Z, a-z, 0-9, - and _.</param>
public readonly record struct MessageKey(string Id)
{
    private const string Prefix = "message:";

    /// <summary>The key of a grain.</summary>
    public static MessageKey Parse(string key) => new(key[Prefix.Length..]);

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + Id;
}

/// <summary>The key of a group of users.</summary>
/// <param name="Id">The portal's id of it, 1 to 128 characters.</param>
public readonly record struct GroupKey(string Id)
{
    private const string Prefix = "group:";

    /// <summary>The key of a grain.</summary>
    public static GroupKey Parse(string key) => new(KeyText.Decode(key[Prefix.Length..]));

    /// <summary>The grain's key.</summary>
    public override string ToString() => Prefix + KeyText.Encode(Id);
}

/// <summary>
/// The key of a queue of deliveries: those of one push service, divided by users so that several are sent from at once.
/// </summary>
/// <param name="Origin">The origin of the service's endpoints, such as <c>https://push.example.org</c>.</param>
/// <param name="Part">Which part, from 0.</param>
public readonly record struct PushQueueKey(string Origin, int Part)
{
    private const string Prefix = "push-queue:";

    /// <summary>The key of a grain.</summary>
    public static PushQueueKey Parse(string key)
    {
        var rest = key.AsSpan(Prefix.Length);
        var end = rest.IndexOf(':');
        return new(rest[(end + 1)..].ToString(), int.Parse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>The grain's key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Part}:{Origin}");
}

/// <summary>The only way by which these grains are fetched.</summary>
public static class NotificationsGrainFactoryExtensions
{
    /// <summary>The user with this id.</summary>
    public static IUserGrain GetUserGrain(this IGrainFactory grains, UserKey key) => grains.GetGrain<IUserGrain>(key.ToString());

    /// <summary>The message with this id.</summary>
    public static IMessageGrain GetMessageGrain(this IGrainFactory grains, MessageKey key) => grains.GetGrain<IMessageGrain>(key.ToString());

    /// <summary>The group with this id.</summary>
    public static IGroupGrain GetGroupGrain(this IGrainFactory grains, GroupKey key) => grains.GetGrain<IGroupGrain>(key.ToString());

    /// <summary>The queue with this key.</summary>
    public static IPushQueueGrain GetPushQueueGrain(this IGrainFactory grains, PushQueueKey key) => grains.GetGrain<IPushQueueGrain>(key.ToString());
}

/// <summary>Ids of portals hold anything; grain keys do not.</summary>
internal static class KeyText
{
    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string Decode(string text) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
}
