using System.Net;
using System.Net.Http.Json;
using Actors.Api.Limits;
using Actors.Api.Printing;
using Actors.Api.Settings;
using Actors.Api.Tests.Support;
using Actors.Printing;
using Actors.TestKit.Processes;
using Actors.TestKit.Time;
using Microsoft.Extensions.Options;

namespace Actors.Api.Tests.Printing;

/// <summary>How often pins can be guessed, by whoever, from wherever.</summary>
public sealed class PinGuardTests
{
    private const int LivePins = 1_000;
    private const int TerminalCount = 25;

    private readonly ManualTimeProvider _clock = new();
    private readonly PrintingOptions _options = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guesses_FromAsManyAddressesAndTerminalsAsThereAre_NeedMoreThanAYearForAPin()
    {
        using var guard = NewGuard();
        var time = TimeSpan.FromDays(1);
        var answered = 0L;
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(30))
        {
            // more than is answered, from ever new addresses, and from all terminals
            for (var i = 0; i < 20; i++)
            {
                answered += await GuessAsync(guard, new PinGuesser(Guid.NewGuid().ToString(), _options.PinMisses, IsTerminal: false));
            }

            for (var i = 0; i < TerminalCount; i++)
            {
                answered += await GuessAsync(guard, guard.TerminalOf($"t{i}"));
            }

            _clock.Advance(TimeSpan.FromSeconds(30));
        }

        var pins = Math.Pow(_options.PinSymbols.Length, _options.PinLength);
        var guessesUntilOneIsRight = pins / LivePins;
        var expected = time * (guessesUntilOneIsRight / answered);
        Assert.True(expected > TimeSpan.FromDays(365), $"{answered} guesses a day are answered: one is right after {expected.TotalDays:F0} days");
        Assert.True(answered > 1_000, "who mistypes now and then is answered");
    }

    [Fact]
    public async Task Address_WithTooManyMisses_GetsNoAnswerThoughItIsRight()
    {
        using var guard = NewGuard();
        var client = new PinGuesser("1.2.3.4", 3, IsTerminal: false);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await GuessAsync(guard, client));
        }

        var right = await guard.AnswerAsync(client, () => Task.FromResult(true), static found => !found, Cancel);
        Assert.InRange(right.Wait!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20));
        _clock.Advance(right.Wait.Value);
        Assert.True((await guard.AnswerAsync(client, () => Task.FromResult(true), static found => !found, Cancel)).Value);
    }

    [Fact]
    public async Task Strangers_WhoGuessTooMuch_LockOutNeitherTerminalsNorThoseWhoTookAPin()
    {
        var server = await ApiProcess.StartAsync(Cancel);
        await using var _ = server;
        using var admin = server.CreateClient();
        using var anyone = server.CreateClient(admin: false);
        using var put = await admin.PostAsJsonAsync("/print/is_union_member", new { users = new[] { new { username = "ADA", union_number = "7", student_number = (string?)null } } }, Cancel);
        put.EnsureSuccessStatusCode();
        using var made = await admin.PostAsJsonAsync("/api/print/terminals", new { name = "Hall" }, Cancel);
        var token = (string)(await made.ReadJsonAsync())["token"]!;
        using var terminal = server.CreateClient(admin: false);
        terminal.DefaultRequestHeaders.Authorization = new("Bearer", token);

        HttpStatusCode last;
        var tries = 0;
        do
        {
            using var guess = await anyone.GetAsync($"/print/file/GUESS{tries % 10}", Cancel);
            last = guess.StatusCode;
        }
        while (last == HttpStatusCode.NotFound && ++tries < 100);

        Assert.Equal((HttpStatusCode.TooManyRequests, _options.PinMisses), (last, tries));
        using var atTerminal = await terminal.GetAsync("/print/file/GUESSX", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, atTerminal.StatusCode);
    }

    [Fact]
    public async Task Owner_WhileAllStrangersTogetherGuessTooMuch_IsAnsweredUntilHeIsWrong()
    {
        using var guard = NewGuard(out var counter);
        for (var i = 0; i < _options.TotalPinMisses; i++)
        {
            Assert.Equal(1, await GuessAsync(guard, new PinGuesser($"stranger {i}", _options.PinMisses, IsTerminal: false)));
        }

        var owner = new PinGuesser("owner", _options.PinMisses, IsTerminal: false);
        Assert.Equal(0, await GuessAsync(guard, owner));
        await counter.AddAsync(new MissKey("pins-owner", owner.Key), Cancel);
        Assert.True((await guard.AnswerAsync(owner, () => Task.FromResult(true), static found => !found, Cancel)).Value);
        Assert.Equal(1, await GuessAsync(guard, owner));
        Assert.Equal(0, await GuessAsync(guard, owner));
        Assert.Equal(1, await GuessAsync(guard, guard.TerminalOf("hall")));
    }

    private static async Task<long> GuessAsync(PinGuard guard, PinGuesser guesser) =>
        (await guard.AnswerAsync(guesser, () => Task.FromResult(false), static found => !found, Cancel)).Wait is null ? 1 : 0;

    private PinGuard NewGuard() => NewGuard(out _);

    private PinGuard NewGuard(out IMissCounter counter)
    {
        counter = new MemoryMissCounter(_clock);
        return new PinGuard(new MissGuard(counter, new LimitsOptions()), counter, Options.Create(_options));
    }
}
