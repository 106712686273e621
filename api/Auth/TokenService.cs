using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Silo.Storage;

namespace Actors.Api.Auth;

/// <summary>Makes, finds and ends tokens.</summary>
internal sealed class TokenService(ITokenStore store, MachineKey machine, TimeProvider time)
{
    /// <summary>How long an ended token may still open another process: the price of not reading the store at each request.</summary>
    public static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);

    /// <summary>Longest name of a token.</summary>
    public const int MaxNameLength = 100;

    private const int MaxCached = 10_000;
    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);

    /// <summary>The caller behind a secret, or null. Only hits are cached: a flood of wrong ones must not fill the memory.</summary>
    public async ValueTask<Caller?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (secret.Length is 0 or > TokenSecret.MaxLength)
        {
            return null;
        }

        var hash = TokenSecret.Hash(secret);
        if (machine.IsKey(hash))
        {
            return machine.Caller;
        }

        var key = Convert.ToHexString(hash.AsSpan());
        var now = time.GetUtcNow();
        if (_cache.TryGetValue(key, out var cached) && cached.Until > now)
        {
            return cached.Caller;
        }

        var token = await store.FindByHashAsync(hash.AsMemory(), cancellationToken);
        if (token is null || token.RevokedAt is not null || !TokenSecret.Equal(token.Hash, hash))
        {
            _cache.TryRemove(key, out _);
            return null;
        }

        if (_cache.Count >= MaxCached)
        {
            _cache.Clear();
        }

        var caller = Caller.Of(token);
        _cache[key] = (caller, now + CacheTime);
        return caller;
    }

    /// <summary>Whether a token may be called so: lists show a token a line.</summary>
    public static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= MaxNameLength && !name.Any(char.IsControl);

    /// <summary>Makes a token; its secret is in the answer and nowhere else.</summary>
    public async ValueTask<(ApiToken Token, string Secret)> CreateAsync(string name, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        var secret = TokenSecret.Create();
        var token = NewToken(name, scopes, secret);
        return await store.InsertAsync(token, cancellationToken)
            ? (token, secret)
            : throw new InvalidOperationException("A random token id was taken.");
    }

    public async ValueTask<bool> HasAdminAsync(CancellationToken cancellationToken) =>
        await store.CountActiveAsync(Scopes.Admin, cancellationToken) > 0;

    /// <summary>Makes the first admin token with this secret, unless there is an admin token already.</summary>
    public ValueTask<bool> CreateFirstAdminAsync(string secret, CancellationToken cancellationToken) =>
        store.InsertFirstAsync(NewToken(AdminToken.Name, [Scopes.Admin], secret), Scopes.Admin, cancellationToken);

    /// <summary>Makes sure that this secret, which the settings gave, is an admin token.</summary>
    public async ValueTask EnsureAdminAsync(string secret, CancellationToken cancellationToken) =>
        await store.InsertAsync(NewToken(AdminToken.Name, [Scopes.Admin], secret), cancellationToken);

    public async ValueTask<ImmutableArray<ApiToken>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Where(token => token.RevokedAt is null)];

    /// <summary>Ends a token at once in this process; false when there is none of this id.</summary>
    public async ValueTask<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var revoked = await store.RevokeAsync(id, time.GetUtcNow(), cancellationToken);
        foreach (var (key, entry) in _cache)
        {
            if (entry.Caller.Id == id)
            {
                _cache.TryRemove(key, out _);
            }
        }

        return revoked;
    }

    private ApiToken NewToken(string name, IEnumerable<string> scopes, string secret) =>
        new(TokenSecret.CreateId(), name, [.. scopes.Distinct(StringComparer.Ordinal)], TokenSecret.Hash(secret), time.GetUtcNow(), RevokedAt: null);
}
