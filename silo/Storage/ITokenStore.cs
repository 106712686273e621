using System.Collections.Immutable;

namespace Actors.Silo.Storage;

/// <summary>API tokens. Their secrets are not here, only their hashes.</summary>
public interface ITokenStore
{
    /// <summary>Adds a token; false when the id or the hash is known already.</summary>
    ValueTask<bool> InsertAsync(ApiToken token, CancellationToken cancellationToken);

    /// <summary>Adds a token only while no token in force has this scope; of many that try at once, one succeeds.</summary>
    ValueTask<bool> InsertFirstAsync(ApiToken token, string scope, CancellationToken cancellationToken);

    /// <summary>The token with this hash, revoked or not, or null.</summary>
    ValueTask<ApiToken?> FindByHashAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken);

    /// <summary>All tokens, revoked ones too, by creation.</summary>
    ValueTask<ImmutableArray<ApiToken>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a token; false when it is unknown or was revoked before.</summary>
    ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>How many tokens in force have this scope.</summary>
    ValueTask<int> CountActiveAsync(string scope, CancellationToken cancellationToken);
}

/// <summary>An API token.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do; names without blanks.</param>
/// <param name="Hash">SHA-256 of the secret.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked, or null.</param>
public sealed record ApiToken(
    string Id,
    string Name,
    ImmutableArray<string> Scopes,
    ImmutableArray<byte> Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt);
