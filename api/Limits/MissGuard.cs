using System.Net;
using System.Net.Sockets;
using Actors.Api.Auth;
using Actors.Api.Settings;
using Actors.Limits;

namespace Actors.Api.Limits;

/// <summary>
/// Refuses those who guess. Only misses count, so that a bot or a proxy that asks for what exists is never locked out;
/// while everybody together guesses too much, one miss is enough, and those without any still get their answers.
/// </summary>
internal sealed class MissGuard(IMissCounter counter, LimitsOptions limits)
{
    private const int AllowedInAttack = 1;

    /// <summary>How long this guesser has to wait, or null when it may try.</summary>
    public async ValueTask<TimeSpan?> IsBlockedAsync(string kind, Guesser guesser, CancellationToken cancellationToken)
    {
        var count = await counter.CountAsync(new MissKey(kind, guesser.Key), cancellationToken);
        if (count.Value < AllowedInAttack)
        {
            return null;
        }

        var all = await counter.CountAsync(MissKey.Everybody(kind), cancellationToken);
        var limit = all.Value >= limits.TotalMisses ? AllowedInAttack : guesser.Limit;
        return count.Value < limit
            ? null
            : TimeSpan.FromSeconds(1 + Math.Floor(count.WindowsUntilBelow(limit) * MissTable.Window.TotalSeconds));
    }

    public async ValueTask CountAsync(string kind, Guesser guesser, CancellationToken cancellationToken)
    {
        await counter.AddAsync(new MissKey(kind, guesser.Key), cancellationToken);
        await counter.AddAsync(MissKey.Everybody(kind), cancellationToken);
    }

    /// <summary>The token of a request, or else the address it comes from.</summary>
    public Guesser ClientOf(HttpContext context) => Caller.IdOf(context.User) is { } token
        ? new Guesser("token " + token, limits.TokenMisses)
        : new Guesser(Network(context.Connection.RemoteIpAddress), limits.Misses);

    /// <summary>A reader: who guesses through it has its key, wherever the phone is.</summary>
    public Guesser ReaderOf(Guid reader) => new($"reader {reader:N}", limits.Misses);

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

/// <summary>Who guesses, and how often it may be wrong.</summary>
/// <param name="Key">A token, a reader or an address.</param>
/// <param name="Limit">Wrong guesses in a window.</param>
internal readonly record struct Guesser(string Key, int Limit);
