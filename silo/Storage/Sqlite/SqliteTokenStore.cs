using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Tokens in the embedded database.</summary>
internal sealed class SqliteTokenStore : ITokenStore
{
    private const string Columns = "SELECT id, name, scopes, hash, created_at, revoked_at FROM api_token";
    private const string InForce = "revoked_at IS NULL AND instr(' ' || scopes || ' ', ' ' || ?1 || ' ') > 0";

    private static readonly Sql s_find = new($"{Columns} WHERE hash = ?1");
    private static readonly Sql s_list = new($"{Columns} ORDER BY created_at, rowid");
    private static readonly Sql s_count = new($"SELECT count(*) FROM api_token WHERE {InForce}");
    private static readonly Sql s_insert = new("INSERT INTO api_token (id, name, scopes, hash, created_at, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING");
    private static readonly Sql s_revoke = new("UPDATE api_token SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL");

    private readonly SqliteDatabase _database;

    public SqliteTokenStore(SqliteDatabase database) => _database = database;

    public ValueTask<bool> InsertAsync(ApiToken token, CancellationToken cancellationToken) =>
        _database.WriteAsync(token, Insert, cancellationToken);

    public ValueTask<bool> InsertFirstAsync(ApiToken token, string scope, CancellationToken cancellationToken) =>
        _database.WriteAsync((Token: token, Scope: scope), static (session, first) =>
            session[s_count].Bind(1, first.Scope).Scalar() == 0 && Insert(session, first.Token), cancellationToken);

    public ValueTask<ApiToken?> FindByHashAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        _database.ReadAsync(hash, static (session, hash) =>
        {
            using var rows = session[s_find].Bind(1, hash.Span).Query();
            return rows.Next() ? Token(rows) : null;
        }, cancellationToken);

    public ValueTask<ImmutableArray<ApiToken>> ListAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(0, static (session, _) =>
        {
            var tokens = ImmutableArray.CreateBuilder<ApiToken>();
            using var rows = session[s_list].Query();
            while (rows.Next())
            {
                tokens.Add(Token(rows));
            }

            return tokens.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync((Id: id, At: at), static (session, token) =>
            session[s_revoke].Bind(1, token.Id).Bind(2, token.At).Run() == 1, cancellationToken);

    public ValueTask<int> CountActiveAsync(string scope, CancellationToken cancellationToken) =>
        _database.ReadAsync(scope, static (session, scope) => (int)session[s_count].Bind(1, scope).Scalar()!, cancellationToken);

    private static bool Insert(SqliteSession session, ApiToken token) =>
        session[s_insert]
            .Bind(1, token.Id)
            .Bind(2, token.Name)
            .Bind(3, string.Join(' ', token.Scopes))
            .Bind(4, token.Hash.AsSpan())
            .Bind(5, token.CreatedAt)
            .Bind(6, token.RevokedAt)
            .Run() == 1;

    private static ApiToken Token(SqliteRows rows) => new(
        rows.Text(0),
        rows.Text(1),
        [.. rows.Text(2).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        ImmutableCollectionsMarshal.AsImmutableArray(rows.Bytes(3)),
        rows.Time(4),
        rows.TimeOrNull(5));
}
