using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Tokens in PostgreSQL.</summary>
internal sealed class PostgresTokenStore : ITokenStore
{
    private const string Columns = "SELECT id, name, scopes, hash, created_at, revoked_at FROM api_token";
    private const string Find = $"{Columns} WHERE hash = $1";
    private const string List = $"{Columns} ORDER BY created_at, number";
    private const string Count = "SELECT count(*)::int FROM api_token WHERE revoked_at IS NULL AND $1 = ANY (string_to_array(scopes, ' '))";
    private const string Values = "INSERT INTO api_token (id, name, scopes, hash, created_at, revoked_at) SELECT $1, $2, $3, $4, $5, $6";
    private const string NothingOnConflict = " ON CONFLICT DO NOTHING";
    private const string First = " WHERE NOT EXISTS (SELECT 1 FROM api_token WHERE revoked_at IS NULL AND $7 = ANY (string_to_array(scopes, ' ')))";
    // Of several that look for a first one, the next looks after the one before has committed.
    private const string OneAtATime = "SELECT pg_advisory_xact_lock(1097823347)";
    private const string IsThere = "SELECT 1 FROM api_token WHERE id = $1 AND hash = $2 AND created_at = $3";
    private const string Revoke = "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND (revoked_at IS NULL OR ($3 AND revoked_at = $2)) RETURNING 1";

    private readonly PostgresDatabase _database;

    public PostgresTokenStore(PostgresDatabase database) => _database = database;

    public ValueTask<bool> InsertAsync(ApiToken token, CancellationToken cancellationToken) => InsertAsync(token, scope: null, cancellationToken);

    public ValueTask<bool> InsertFirstAsync(ApiToken token, string scope, CancellationToken cancellationToken) =>
        InsertAsync(token, scope, cancellationToken);

    public ValueTask<ApiToken?> FindByHashAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            Find,
            parameters => parameters.With(hash.ToArray()),
            async rows => await rows.ReadAsync(cancellationToken) ? Token(rows) : null,
            cancellationToken);

    public ValueTask<ImmutableArray<ApiToken>> ListAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(List, _ => { }, async rows =>
        {
            var tokens = ImmutableArray.CreateBuilder<ApiToken>();
            while (await rows.ReadAsync(cancellationToken))
            {
                tokens.Add(Token(rows));
            }

            return tokens.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty, (batch, isIn) => batch.Command(Revoke).With(id).With(at).With(isIn), StatementAnswers.AnyAsync, cancellationToken));

    public ValueTask<int> CountActiveAsync(string scope, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            Count,
            parameters => parameters.With(scope),
            async rows => await rows.ReadAsync(cancellationToken) ? rows.GetInt32(0) : 0,
            cancellationToken);

    private ValueTask<bool> InsertAsync(ApiToken token, string? scope, CancellationToken cancellationToken)
    {
        var hash = token.Hash.ToArray();
        var locks = scope is not null;
        return _database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty,
            (batch, isIn) =>
            {
                if (locks)
                {
                    batch.Command(OneAtATime);
                }

                if (isIn)
                {
                    batch.Command(IsThere).With(token.Id).With(hash).With(token.CreatedAt);
                    return;
                }

                var insert = batch.Command(Values + (locks ? First : "") + NothingOnConflict + " RETURNING 1")
                    .With(token.Id)
                    .With(token.Name)
                    .With(string.Join(' ', token.Scopes))
                    .With(hash)
                    .With(token.CreatedAt)
                    .With(token.RevokedAt);
                if (scope is not null)
                {
                    insert.With(scope);
                }
            },
            async answer =>
            {
                if (locks)
                {
                    await answer.NextSetAsync();
                }

                return await StatementAnswers.AnyAsync(answer);
            },
            cancellationToken));
    }

    private static ApiToken Token(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        [.. row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<byte[]>(3)),
        row.Time(4),
        row.TimeOrNull(5));
}
