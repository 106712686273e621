using Actors.Silo.Notifications;
using Actors.Silo.Settings;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Unit.Tests.Notifications;

public sealed class VapidKeysTests
{
    // as openssl ecparam, ec, tail, base64, tr wrote them: base64 breaks lines after 76 characters
    private const string PrivateFile = "iDScyJc6Xqha9v9k1pmCVf-0QlLjGyzVuSmYrhd8Xgo\n";
    private const string PublicFile = "BHbrK1GRNx9S28MrDNPoFR2fE75tBvFleWKzKu8gKtlmnrje5Nykprt7NDDZ16utJkTk9SeP9fjz\nofP1bVNKus4\n";
    private static readonly string s_public = PublicFile.Replace("\n", "", StringComparison.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_PairThatOpensslMade_IsTakenAsItIs()
    {
        Assert.Empty(Refusals(PublicFile, PrivateFile));

        var pair = await Keys(new PushSettings { PublicKey = PublicFile, PrivateKey = PrivateFile }, new MemorySettingStore()).GetAsync(Cancel);

        Assert.Equal((s_public, PrivateFile.TrimEnd()), (pair.PublicKey, pair.PrivateKey));
    }

    [Fact]
    public void Refusals_OfAPairInPlainBase64WithPadding_AreNone() =>
        Assert.Empty(Refusals(s_public.Replace('-', '+').Replace('_', '/') + "=", PrivateFile.TrimEnd().Replace('-', '+').Replace('_', '/') + "="));

    [Fact]
    public async Task Get_WithoutSettings_IsMadeOnceForAllProcesses()
    {
        var store = new MemorySettingStore();

        var pairs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await Keys(new PushSettings(), store).GetAsync(Cancel), Cancel)));

        var key = Assert.Single(pairs.Select(pair => (pair.PublicKey, pair.PrivateKey)).Distinct());
        Assert.True(VapidKeyPair.TryParse(key.PublicKey, key.PrivateKey, out _, out _));
        Assert.NotEqual(key.PublicKey, (await Keys(new PushSettings(), new MemorySettingStore()).GetAsync(Cancel)).PublicKey);
    }

    [Fact]
    public async Task Get_StoredKeyThatIsNone_SaysWhich()
    {
        var store = new MemorySettingStore();
        await store.GetOrCreateAsync("vapid-key", () => new byte[32], Cancel);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(async () => await Keys(new PushSettings(), store).GetAsync(Cancel));

        Assert.Contains("vapid-key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_OfAPairThatDoesNotMatch_NameTheSetting()
    {
        var other = VapidKeyPair.Create();

        var refusal = Assert.Single(Refusals(other.PublicKey, PrivateFile));

        Assert.StartsWith("Push:PublicKey does not belong to Push:PrivateKey", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(PrivateFile.TrimEnd(), refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Push:PublicKey and Push:PrivateKey belong together")]
    [InlineData("AAAA", "Push:PublicKey must be 65 bytes")]
    [InlineData("not base64!", "Push:PublicKey must be 65 bytes")]
    [InlineData("iDScyJc6Xqha9v9k1pmCVf-0QlLjGyzVuSmYrhd8Xgo", "Push:PublicKey must be 65 bytes")]
    public void Refusals_OfAMalformedPublicKey_NameTheSetting(string key, string refusal) =>
        Assert.StartsWith(refusal, Assert.Single(Refusals(key, PrivateFile)), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "Push:PublicKey and Push:PrivateKey belong together")]
    [InlineData("AAAA", "Push:PrivateKey must be a key of P-256")]
    [InlineData("%%%", "Push:PrivateKey must be a key of P-256")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Push:PrivateKey must be a key of P-256")]
    [InlineData("__________________________________________8", "Push:PrivateKey must be a key of P-256")]
    public void Refusals_OfAMalformedPrivateKey_NameTheSetting(string key, string refusal) =>
        Assert.StartsWith(refusal, Assert.Single(Refusals(PublicFile, key)), StringComparison.Ordinal);

    [Theory]
    [InlineData("it@example.org")]
    [InlineData("http://example.org")]
    [InlineData("tel:112")]
    public void Refusals_OfASubjectThatIsNoAddress_NameTheSetting(string subject) =>
        Assert.StartsWith("Push:Subject must be", Assert.Single(Read($"--Push:Subject={subject}").Refusals), StringComparison.Ordinal);

    [Fact]
    public async Task AddPushSending_AfterTheSettings_GivesAll()
    {
        var (services, refusals) = Read("--Push:AllowPrivateEndpoints=true", "--Push:AllowedHosts=push.apple.com,mozilla.com");
        Assert.Empty(refusals);
        services.AddLogging().AddSingleton<ISettingStore, MemorySettingStore>().AddPushSending();

        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Assert.IsType<PushSender>(provider.GetRequiredService<Actors.Notifications.IPushSender>());
        Assert.True(provider.GetRequiredService<Actors.Notifications.IPushEndpointRules>().IsAllowed("http://web.push.apple.com/x", out _, out _));
        Assert.False(provider.GetRequiredService<Actors.Notifications.IPushEndpointRules>().IsAllowed("https://push.example.org/x", out _, out _));
    }

    private static VapidKeys Keys(PushSettings settings, ISettingStore store) => new(Options.Create(settings), store);

    private static IReadOnlyList<string> Refusals(string publicKey, string privateKey) => Read($"--Push:PublicKey={publicKey}", $"--Push:PrivateKey={privateKey}").Refusals;

    private static (IServiceCollection Services, IReadOnlyList<string> Refusals) Read(params string[] arguments)
    {
        var services = new ServiceCollection();
        using var configuration = (ConfigurationRoot)new ConfigurationBuilder().AddCommandLine(arguments).Build();
        return (services, new SettingsCatalog().Add<PushSettings>().Read(configuration, services));
    }
}
