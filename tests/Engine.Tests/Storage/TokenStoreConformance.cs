using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Actors.Silo.Storage;

namespace Actors.Engine.Tests.Storage;

public abstract class TokenStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private ITokenStore Store => Storage.Service<ITokenStore>();

    private DateTimeOffset Now => Storage.Clock.Now;

    [Fact]
    public async Task Insert_OfAToken_IsFoundByItsHash()
    {
        var token = Token("a", "tally.read", "tally.write");
        Assert.True(await Store.InsertAsync(token, Cancel));
        Storage.Restart();

        var found = await Store.FindByHashAsync(token.Hash.AsMemory(), Cancel);

        Assert.Equal(token.Scopes.AsEnumerable(), found!.Scopes);
        Assert.Equal(token.Hash.AsEnumerable(), found.Hash);
        Assert.Equal(token with { Scopes = [], Hash = [] }, found with { Scopes = [], Hash = [] });
        Assert.Null(await Store.FindByHashAsync(new byte[32], Cancel));
    }

    [Fact]
    public async Task Insert_OfAKnownIdOrHash_IsRefused()
    {
        await Store.InsertAsync(Token("a"), Cancel);

        Assert.False(await Store.InsertAsync(Token("a") with { Hash = Token("b").Hash }, Cancel));
        Assert.False(await Store.InsertAsync(Token("a") with { Id = "b" }, Cancel));
        Assert.Single(await Store.ListAsync(Cancel));
    }

    [Fact]
    public async Task Revoke_OfAToken_KeepsItListed()
    {
        await Store.InsertAsync(Token("a", "admin"), Cancel);
        Assert.Equal(1, await Store.CountActiveAsync("admin", Cancel));

        Assert.True(await Store.RevokeAsync("a", Now.AddMinutes(1), Cancel));

        Assert.False(await Store.RevokeAsync("a", Now.AddMinutes(2), Cancel));
        Assert.False(await Store.RevokeAsync("b", Now, Cancel));
        Assert.Equal(Now.AddMinutes(1), Assert.Single(await Store.ListAsync(Cancel)).RevokedAt);
        Assert.Equal(0, await Store.CountActiveAsync("admin", Cancel));
    }

    [Fact]
    public async Task CountActive_OfAScope_TakesNoOtherThatContainsIt()
    {
        await Store.InsertAsync(Token("a", "tally.admin", "admins"), Cancel);

        Assert.Equal(0, await Store.CountActiveAsync("admin", Cancel));
        Assert.Equal(1, await Store.CountActiveAsync("tally.admin", Cancel));
    }

    [Fact]
    public async Task InsertFirst_ByManyAtOnce_LetsOneWin()
    {
        var inserted = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            Store.InsertFirstAsync(Token($"{i}", "admin"), "admin", Cancel).AsTask()));

        Assert.Single(inserted, won => won);
        Assert.Single(await Store.ListAsync(Cancel));
    }

    [Fact]
    public async Task List_OfSeveral_IsByCreation()
    {
        await Store.InsertAsync(Token("late") with { CreatedAt = Now.AddMinutes(1) }, Cancel);
        await Store.InsertAsync(Token("early"), Cancel);

        Assert.Equal(["early", "late"], (await Store.ListAsync(Cancel)).Select(token => token.Id));
    }

    private ApiToken Token(string id, params ImmutableArray<string> scopes) =>
        new(id, $"name of {id}", scopes, [.. SHA256.HashData(Encoding.UTF8.GetBytes(id))], Now, RevokedAt: null);
}

public sealed class MemoryTokenStoreTests : TokenStoreConformance<MemoryHarness>;

public sealed class SqliteTokenStoreTests : TokenStoreConformance<SqliteHarness>;

public sealed class PostgresTokenStoreTests : TokenStoreConformance<PostgresHarness>;
