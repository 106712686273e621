using System.Net;
using System.Net.Sockets;
using Actors.Api.Auth;
using Actors.Api.Settings;

namespace Actors.Api.Limits;

/// <summary>
/// Refuses those who guess. Only misses count, so that a bot or a proxy that asks for what exists is never locked out;
/// while everybody together guesses too much, one miss is enough, and those without any still get their answers.
/// </summary>
internal sealed class MissGuard(IMissCounter counter, LimitsOptions limits)
{
    private const int AllowedInAttack = 1;

    /// <summary>How long this caller has to wait, or null when it may ask.</summary>
    public async ValueTask<TimeSpan?> IsBlockedAsync(string kind, HttpContext context)
    {
        var (client, limit) = Client(context);
        var count = await counter.CountAsync(new MissKey(kind, client), context.RequestAborted);
        if (count.Value < AllowedInAttack)
        {
            return null;
        }

        var all = await counter.CountAsync(MissKey.Everybody(kind), context.RequestAborted);
        limit = all.Value >= limits.TotalMisses ? AllowedInAttack : limit;
        return count.Value < limit
            ? null
            : TimeSpan.FromSeconds(1 + Math.Floor(count.WindowsUntilBelow(limit) * MemoryMissCounter.Window.TotalSeconds));
    }

    public async ValueTask CountAsync(string kind, HttpContext context)
    {
        await counter.AddAsync(new MissKey(kind, Client(context).Key), context.RequestAborted);
        await counter.AddAsync(MissKey.Everybody(kind), context.RequestAborted);
    }

    private (string Key, int Limit) Client(HttpContext context) =>
        Caller.IdOf(context.User) is { } token ? ("token " + token, limits.TokenMisses) : (Network(context.Connection.RemoteIpAddress), limits.Misses);

    /// <summary>An IPv4 address; of IPv6 the first 64 bits, since whoever has one address has all of those.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
