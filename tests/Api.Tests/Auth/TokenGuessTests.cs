using System.Net;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Auth;

/// <summary>Wrong tokens are counted by address, and many people share one.</summary>
public sealed class TokenGuessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_GoodTokenFromAnAddressThatGuesses_IsAnswered()
    {
        await using var api = new ApiFactory();
        api.Settings["Limits:Misses"] = "2";
        HttpStatusCode[] expected = [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests];
        using var stranger = api.CreateClientWith("a-wrong-token-of-some-length");
        foreach (var status in expected)
        {
            using var refusal = await stranger.GetAsync("/api/tokens".ToUri(), Stop);
            Assert.Equal(status, refusal.StatusCode);
        }

        using var staff = api.CreateClientWith();
        using var answer = await staff.GetAsync("/api/tokens".ToUri(), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
