using Actors.Api.Auth;
using Actors.Silo.Storage;
using Actors.TestKit.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Api.Tests.Auth;

public sealed class TokenServiceTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly MachineKey _machine = new();
    private readonly ITokenStore _store = new ServiceCollection().AddMemoryStorage().BuildServiceProvider().GetRequiredService<ITokenStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_Token_StoresItsHashOnly()
    {
        var (token, secret) = await Service().CreateAsync("gate", [Scopes.TallyRead], Stop);

        Assert.Equal(32, token.Hash.Length);
        Assert.True(secret.Length >= 46);
        Assert.Equal(token.Id, (await Service().FindAsync(secret, Stop))!.Id);
    }

    [Fact]
    public async Task Find_RevokedByAnotherProcess_EndsWithTheCache()
    {
        var service = Service();
        var (token, secret) = await service.CreateAsync("gate", [Scopes.TallyRead], Stop);
        Assert.NotNull(await service.FindAsync(secret, Stop));
        await _store.RevokeAsync(token.Id, _time.GetUtcNow(), Stop);

        Assert.NotNull(await service.FindAsync(secret, Stop));
        _time.Advance(TokenService.CacheTime);
        Assert.Null(await service.FindAsync(secret, Stop));
    }

    [Fact]
    public async Task Find_KeyOfThisRun_IsAdminWithoutAnyToken() =>
        Assert.Equal([Scopes.Admin], (await Service().FindAsync(_machine.Secret, Stop))!.Scopes);

    [Theory]
    [InlineData("")]
    [InlineData("act_unknown")]
    public async Task Find_UnknownSecret_IsNobody(string secret) => Assert.Null(await Service().FindAsync(secret, Stop));

    [Fact]
    public async Task Find_SecretLongerThanAny_IsNobody() => Assert.Null(await Service().FindAsync(new string('a', 100_000), Stop));

    [Fact]
    public async Task CreateFirstAdmin_Twice_MakesOne()
    {
        var service = Service();

        Assert.True(await service.CreateFirstAdminAsync(TokenSecret.Create(), Stop));
        Assert.False(await service.CreateFirstAdminAsync(TokenSecret.Create(), Stop));
    }

    private TokenService Service() => new(_store, _machine, _time);
}
