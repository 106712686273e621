using System.Collections.Immutable;

namespace Actors.Silo.Storage.Memory;

/// <summary>Tokens that live as long as the process: for tests.</summary>
internal sealed class MemoryTokenStore : ITokenStore
{
    private readonly Lock _lock = new();
    private readonly List<ApiToken> _tokens = [];

    public ValueTask<bool> InsertAsync(ApiToken token, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Insert(token, firstOf: null, cancellationToken));

    public ValueTask<bool> InsertFirstAsync(ApiToken token, string scope, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Insert(token, scope, cancellationToken));

    public ValueTask<ApiToken?> FindByHashAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_tokens.Find(token => token.Hash.AsSpan().SequenceEqual(hash.Span)));
        }
    }

    public ValueTask<ImmutableArray<ApiToken>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_tokens.OrderBy(token => token.CreatedAt).ToImmutableArray());
        }
    }

    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var index = _tokens.FindIndex(token => token.Id == id && token.RevokedAt is null);
            if (index < 0)
            {
                return ValueTask.FromResult(false);
            }

            _tokens[index] = _tokens[index] with { RevokedAt = at };
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<int> CountActiveAsync(string scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(CountActive(scope));
        }
    }

    private bool Insert(ApiToken token, string? firstOf, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var refused = _tokens.Exists(t => t.Id == token.Id || t.Hash.AsSpan().SequenceEqual(token.Hash.AsSpan()))
                || (firstOf is not null && CountActive(firstOf) > 0);
            if (!refused)
            {
                _tokens.Add(token);
            }

            return !refused;
        }
    }

    private int CountActive(string scope) => _tokens.Count(token => token.RevokedAt is null && token.Scopes.Contains(scope));
}
