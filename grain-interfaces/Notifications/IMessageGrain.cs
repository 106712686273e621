using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Notifications;

/// <summary>A message: durable with its first answer, said to its users after it, in bounded batches.</summary>
[Alias("actors.notifications.message-grain")]
public interface IMessageGrain : IGrainWithStringKey
{
    /// <summary>Stores the message; the same again is the same message.</summary>
    [Alias("send")]
    Task<SendStatus> SendAsync(SendMessage command);

    /// <summary>How it stands, or null when there is no such message.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<MessageInfo?> GetAsync();

    /// <summary>The deliveries of one of its notifications.</summary>
    /// <param name="notification">The notification's id.</param>
    [Alias("deliveries"), AlwaysInterleave]
    Task<ImmutableArray<DeliveryInfo>> GetDeliveriesAsync(string notification);

    /// <summary>Goes on telling its users, where it is due and not done.</summary>
    [Alias("wake"), AlwaysInterleave]
    Task WakeAsync();
}

/// <summary>A queue of deliveries to one push service; sends what is due, as fast as the service takes it.</summary>
[Alias("actors.notifications.push-queue")]
public interface IPushQueueGrain : IGrainWithStringKey
{
    /// <summary>Something may be due.</summary>
    [Alias("wake"), AlwaysInterleave]
    Task WakeAsync();

    /// <summary>The push service wants to be left alone.</summary>
    /// <param name="until">Until then.</param>
    [Alias("pause"), AlwaysInterleave]
    Task PauseAsync(DateTimeOffset until);
}

/// <summary>A group of users.</summary>
[Alias("actors.notifications.group")]
public interface IGroupGrain : IGrainWithStringKey
{
    /// <summary>Makes these the members.</summary>
    /// <param name="users">Ids of users, each once, at most 100,000.</param>
    [Alias("replace")]
    Task ReplaceAsync(ImmutableArray<string> users);

    /// <summary>Adds members.</summary>
    /// <param name="users">Ids of users, at most 100,000.</param>
    [Alias("add")]
    Task AddAsync(ImmutableArray<string> users);

    /// <summary>Removes members; how many there were.</summary>
    /// <param name="users">Ids of users, at most 100,000.</param>
    [Alias("remove")]
    Task<int> RemoveAsync(ImmutableArray<string> users);

    /// <summary>Members in the order of their ids.</summary>
    /// <param name="after">After this one, or null for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    [Alias("list"), AlwaysInterleave]
    Task<GroupPage> ListAsync(string? after, int limit);
}

/// <summary>Some members of a group.</summary>
/// <param name="Users">Their ids.</param>
/// <param name="Count">How many members there are in all.</param>
[GenerateSerializer, Immutable, Alias("actors.notifications.group-page")]
public sealed record GroupPage([property: Id(0)] ImmutableArray<string> Users, [property: Id(1)] int Count);
