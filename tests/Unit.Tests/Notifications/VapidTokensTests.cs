using System.Globalization;
using Actors.Silo.Notifications;
using Actors.Silo.Storage.Memory;
using Actors.TestKit.Notifications;
using Actors.TestKit.Time;
using Microsoft.Extensions.Options;

namespace Actors.Unit.Tests.Notifications;

public sealed class VapidTokensTests
{
    /// <summary>RFC 8292, section 2.4.</summary>
    private const string Example =
        "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    private const string Origin = "https://push.example.net";
    private static readonly DateTimeOffset s_exampleEnds = DateTimeOffset.FromUnixTimeSeconds(1_453_523_768);
    private readonly ManualTimeProvider _time = new(s_exampleEnds.AddHours(-12));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Proof_ExampleOfTheStandard_IsRight()
    {
        var proof = VapidProof.Read(Example, Origin, _time.GetUtcNow());

        Assert.Null(proof.Problem);
        Assert.Equal((Origin, s_exampleEnds, "mailto:push@example.com"), (proof.Audience, proof.Expires, proof.Subject));
        Assert.Equal("the signature is wrong", VapidProof.Read(Example.Replace(".i3CY", ".i3CZ", StringComparison.Ordinal), Origin, _time.GetUtcNow()).Problem);
        Assert.Equal("it has ended", VapidProof.Read(Example, Origin, s_exampleEnds).Problem);
        Assert.Equal("it lasts longer than 24 hours", VapidProof.Read(Example, Origin, s_exampleEnds.AddHours(-25)).Problem);
        Assert.StartsWith("it is for", VapidProof.Read(Example, "https://push.example.org", _time.GetUtcNow()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorization_OfTheExamplesValues_HasTheExamplesHeaderAndClaims()
    {
        var header = await Tokens().AuthorizationAsync(Origin, Cancel);

        var proof = VapidProof.Read(header, Origin, _time.GetUtcNow());
        Assert.Null(proof.Problem);
        Assert.Equal(VapidProof.Read(Example, Origin, _time.GetUtcNow()).Token.Split('.')[..2], proof.Token.Split('.')[..2]);
    }

    [Fact]
    public async Task Authorization_UntilShortlyBeforeItsEnd_IsTheSame()
    {
        var tokens = Tokens();
        var first = await tokens.AuthorizationAsync(Origin, Cancel);

        _time.Advance(TimeSpan.FromMinutes((10 * 60) + 59));
        Assert.Equal(first, await tokens.AuthorizationAsync(Origin, Cancel));
        _time.Advance(TimeSpan.FromMinutes(1));
        var second = await tokens.AuthorizationAsync(Origin, Cancel);

        Assert.NotEqual(first, second);
        Assert.Equal(_time.GetUtcNow().AddHours(12), VapidProof.Read(second, Origin, _time.GetUtcNow()).Expires);
    }

    [Fact]
    public async Task Authorization_OfAnotherOrigin_IsForThat()
    {
        var tokens = Tokens();
        await tokens.AuthorizationAsync(Origin, Cancel);

        Assert.Null(VapidProof.Read(await tokens.AuthorizationAsync("https://other.example", Cancel), "https://other.example", _time.GetUtcNow()).Problem);
    }

    [Fact]
    public async Task Authorization_OfMoreOriginsThanAreKept_IsRightForEach()
    {
        var tokens = Tokens();
        for (var i = 0; i < 1_010; i++)
        {
            var origin = string.Create(CultureInfo.InvariantCulture, $"https://push{i}.example");
            Assert.Null(VapidProof.Read(await tokens.AuthorizationAsync(origin, Cancel), origin, _time.GetUtcNow()).Problem);
        }

        Assert.InRange(tokens.Count, 1, 1_000);
    }

    [Fact]
    public async Task Forget_MakesTheNextOneNew()
    {
        var tokens = Tokens();
        var first = await tokens.AuthorizationAsync(Origin, Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));

        tokens.Forget(Origin);

        Assert.NotEqual(first, await tokens.AuthorizationAsync(Origin, Cancel));
    }

    [Fact]
    public async Task Authorization_WithoutASubject_HasOneAllTheSame()
    {
        var proof = VapidProof.Read(await Tokens(subject: null).AuthorizationAsync(Origin, Cancel), Origin, _time.GetUtcNow());

        Assert.Equal((null, "mailto:nobody@actors.invalid"), (proof.Problem, proof.Subject));
    }

    [Theory]
    [InlineData("https://push.example.net/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV?x#y", "https://push.example.net")]
    [InlineData("https://PUSH.example.net:443/", "https://push.example.net")]
    [InlineData("https://push.example.net:8443/a", "https://push.example.net:8443")]
    [InlineData("https://user@push.example.net/a", "https://push.example.net")]
    [InlineData("https://bücher.example/a", "https://xn--bcher-kva.example")]
    [InlineData("http://127.0.0.1:5000/a", "http://127.0.0.1:5000")]
    [InlineData("https://[2606:4700::1111]/a", "https://[2606:4700::1111]")]
    public void OriginOf_AnEndpoint_IsAsItsServiceWritesIt(string endpoint, string origin) => Assert.Equal(origin, VapidTokens.OriginOf(new Uri(endpoint)));

    [Theory]
    [InlineData("mailto:it@example.org", true)]
    [InlineData("https://www.example.org/contact", true)]
    [InlineData(null, false)]
    [InlineData("mailto:", false)]
    [InlineData("mailto:example.org", false)]
    [InlineData("mailto:it@localhost", false)]
    [InlineData("https://localhost", false)]
    [InlineData("https://portal", false)]
    [InlineData("https://10.0.0.1", false)]
    [InlineData("https://portal.local/", false)]
    [InlineData(VapidSubject.None, false)]
    public void LooksReachable_OfASubject_IsWhatApplesServiceThinks(string? subject, bool expected) => Assert.Equal(expected, VapidSubject.LooksReachable(subject));

    private VapidTokens Tokens(string? subject = "mailto:push@example.com")
    {
        var settings = Options.Create(new PushSettings { Subject = subject });
        return new VapidTokens(new VapidKeys(settings, new MemorySettingStore()), settings, _time);
    }
}
