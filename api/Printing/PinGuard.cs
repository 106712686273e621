using System.Runtime.InteropServices;
using Actors.Api.Limits;
using Actors.Api.Printing.Terminals;
using Actors.Api.Problems;
using Actors.Limits;
using Actors.Printing;
using Microsoft.Extensions.Options;

namespace Actors.Api.Printing;

/// <summary>
/// Pins are short: who was wrong too often gets no answer at all for a while, right or wrong. There is a
/// limit for each address, each terminal, and for all strangers together, since whoever guesses may have many addresses.
/// While that one is reached, only those are answered who took a pin of late from the same network, and have no miss.
/// </summary>
internal sealed class PinGuard(MissGuard guard, IMissCounter counter, IOptions<PrintingOptions> options) : IDisposable
{
    private const string Strangers = "pins";
    private const string Terminals = "pins-terminal";
    private const string Owners = "pins-owner";
    private const int MaxPin = 64;

    /// <summary>Guesses are looked up a few at a time: of those that come all at once most are judged after the first misses are counted.</summary>
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _turn = new(AtOnce);

    /// <summary>Whether a text can be a pin; others are nobody's, and no key of a grain.</summary>
    public static bool IsPossible(string pin) => pin.Length is > 0 and <= MaxPin && pin.All(char.IsAsciiLetterOrDigit);

    /// <summary>Whether a refusal tells that a guess was wrong.</summary>
    public static bool IsMiss(Problem? refusal) =>
        refusal == PrintRefusals.UnknownPin || refusal == PrintRefusals.FilesUnknown;

    /// <summary>Who asks: a terminal, another token, or an address.</summary>
    public PinGuesser GuesserOf(HttpContext http)
    {
        if (TerminalCallers.IdOf(http.User) is { } terminal)
        {
            return TerminalOf(terminal);
        }

        var client = guard.ClientOf(http);
        return new(client.Key, Auth.Caller.IdOf(http.User) is null ? options.Value.PinMisses : client.Limit, IsTerminal: false);
    }

    /// <summary>Who asks at a terminal.</summary>
    public PinGuesser TerminalOf(string terminal) => new("terminal " + terminal, options.Value.TerminalPinMisses, IsTerminal: true);

    /// <summary>Somebody took a pin: a member, so that his network is known for a while.</summary>
    public ValueTask WelcomeAsync(HttpContext http) => counter.AddAsync(new MissKey(Owners, guard.ClientOf(http).Key), http.RequestAborted);

    /// <summary>Has a guess judged, unless there were too many; a wrong one is counted.</summary>
    public async Task<GuessAnswer<T>> AnswerAsync<T>(PinGuesser guesser, Func<Task<T>> ask, Func<T, bool> isMiss, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await WaitAsync(guesser, cancellationToken) is { } wait)
            {
                return new(wait, default);
            }

            var answer = await ask();
            if (isMiss(answer))
            {
                var kind = KindOf(guesser);
                await counter.AddAsync(new MissKey(kind, guesser.Key), cancellationToken);
                await counter.AddAsync(MissKey.Everybody(kind), cancellationToken);
            }

            return new(Wait: null, answer);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static string KindOf(PinGuesser guesser) => guesser.IsTerminal ? Terminals : Strangers;

    private async ValueTask<TimeSpan?> WaitAsync(PinGuesser guesser, CancellationToken cancellationToken)
    {
        var kind = KindOf(guesser);
        var own = await counter.CountAsync(new MissKey(kind, guesser.Key), cancellationToken);
        if (own.Value >= guesser.Limit)
        {
            return Until(own, guesser.Limit);
        }

        var total = guesser.IsTerminal ? options.Value.TotalTerminalPinMisses : options.Value.TotalPinMisses;
        var all = await counter.CountAsync(MissKey.Everybody(kind), cancellationToken);
        if (all.Value < total)
        {
            return null;
        }

        var isKnown = guesser.IsTerminal || (await counter.CountAsync(new MissKey(Owners, guesser.Key), cancellationToken)).Value > 0;
        return isKnown && own.Value < 1 ? null : Until(all, total);
    }

    private static TimeSpan Until(MissCount count, int limit) =>
        TimeSpan.FromSeconds(1 + Math.Floor(count.WindowsUntilBelow(limit) * MissTable.Window.TotalSeconds));
}

/// <summary>Who guesses pins, and how often he may be wrong.</summary>
/// <param name="Key">A terminal, a token or an address.</param>
/// <param name="Limit">Wrong guesses in a window.</param>
/// <param name="IsTerminal">Whether it is a terminal, which strangers cannot lock out.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PinGuesser(string Key, int Limit, bool IsTerminal);

/// <summary>The answer to a guess.</summary>
/// <param name="Wait">How long to wait, when there was none.</param>
/// <param name="Value">What was found.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GuessAnswer<T>(TimeSpan? Wait, T? Value);
