using System.Net;
using System.Security.Claims;
using Actors.Api.Limits;
using Actors.Api.Settings;
using Actors.Api.Tests.Support;
using Actors.TestKit.Time;
using Microsoft.AspNetCore.Http;

namespace Actors.Api.Tests.Limits;

public sealed class MissGuardTests
{
    private const string Kind = "codes";
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IsBlocked_ManyMisses_BlocksThatAddressUntilTheyFade()
    {
        var guard = Guard(new LimitsOptions { Misses = 3 });
        await MissAsync(guard, From("192.0.2.1"), 3);

        var wait = await guard.IsBlockedAsync(Kind, guard.ClientOf(From("192.0.2.1")), Stop);
        Assert.NotNull(wait);
        Assert.Null(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("192.0.2.2")), Stop));
        Assert.Null(await guard.IsBlockedAsync("others", guard.ClientOf(From("192.0.2.1")), Stop));

        _time.Advance(wait.Value);
        Assert.Null(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("192.0.2.1")), Stop));
    }

    [Fact]
    public async Task IsBlocked_AddressesOfOneIPv6Network_CountAsOne()
    {
        var guard = Guard(new LimitsOptions { Misses = 2 });
        await MissAsync(guard, From("2001:db8:1:2::1"), 1);
        await MissAsync(guard, From("2001:db8:1:2:ffff::9"), 1);

        Assert.NotNull(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("2001:db8:1:2::77")), Stop));
        Assert.Null(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("2001:db8:1:3::1")), Stop));
    }

    [Fact]
    public async Task IsBlocked_EverybodyGuesses_LeavesEachOneMissAndTheInnocentAlone()
    {
        var guard = Guard(new LimitsOptions { Misses = 10, TotalMisses = 5 });
        for (var i = 0; i < 5; i++)
        {
            await MissAsync(guard, From($"198.51.100.{i}"), 1);
        }

        Assert.NotNull(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("198.51.100.0")), Stop));
        Assert.Null(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("192.0.2.1")), Stop));
    }

    [Fact]
    public async Task IsBlocked_Token_HasABudgetOfItsOwn()
    {
        var guard = Guard(new LimitsOptions { Misses = 1, TokenMisses = 3 });
        await MissAsync(guard, From("192.0.2.1", "t1"), 2);

        Assert.Null(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("192.0.2.1", "t1")), Stop));
        Assert.Null(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("192.0.2.1")), Stop));
        await MissAsync(guard, From("192.0.2.9", "t1"), 1);
        Assert.NotNull(await guard.IsBlockedAsync(Kind, guard.ClientOf(From("192.0.2.1", "t1")), Stop));
    }

    [Fact]
    public async Task Get_WithManyWrongTokens_IsRefusedWithRetryAfterButGoodOnesElsewherePass()
    {
        await using var api = new ApiFactory { Settings = { ["Limits:Misses"] = "2" } };
        using var client = api.CreateClientWith("act_wrong");
        await client.GetAsync("/api/tokens".ToUri(), TestContext.Current.CancellationToken);
        await client.GetAsync("/api/tokens".ToUri(), TestContext.Current.CancellationToken);
        using var answer = await client.GetAsync("/api/tokens".ToUri(), TestContext.Current.CancellationToken);

        await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_misses");
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz".ToUri(), TestContext.Current.CancellationToken)).StatusCode);
    }

    private MissGuard Guard(LimitsOptions limits) => new(new MemoryMissCounter(_time), limits);

    private static async Task MissAsync(MissGuard guard, HttpContext context, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await guard.CountAsync(Kind, guard.ClientOf(context), Stop);
        }
    }

    private static DefaultHttpContext From(string address, string? token = null)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        if (token is not null)
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, token)], "Bearer"));
        }

        return context;
    }
}
