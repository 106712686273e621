using System.Collections.Immutable;
using Actors.Notifications;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Members of groups in PostgreSQL.</summary>
internal sealed class PostgresGroupStore(PostgresDatabase database) : IGroupStore
{
    private const string Add = "INSERT INTO push_group_member (group_id, user_id, added) SELECT $1, u, $3 FROM unnest($2::text[]) AS u ON CONFLICT DO NOTHING";
    private const string Remove = "DELETE FROM push_group_member WHERE group_id = $1 AND user_id IN (SELECT unnest($2::text[])) RETURNING 1";

    // NOT IN is hashed; as NOT EXISTS the planner, which takes an array for ten rows, compares each with each
    private const string Keep = "DELETE FROM push_group_member WHERE group_id = $1 AND user_id NOT IN (SELECT unnest($2::text[]))";
    private const string List = "SELECT user_id FROM push_group_member WHERE group_id = $1 AND user_id > $2 AND added <= $3 ORDER BY user_id LIMIT $4";
    private const string Count = "SELECT count(*) FROM push_group_member WHERE group_id = $1";

    public ValueTask ReplaceAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken) => WriteAsync(
        group,
        batch =>
        {
            batch.Command(Keep).With(group).Add(users.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            AddTo(batch, group, users, at);
        },
        cancellationToken);

    public ValueTask AddAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(group, batch => AddTo(batch, group, users, at), cancellationToken);

    public ValueTask<int> RemoveAsync(string group, ImmutableArray<string> users, CancellationToken cancellationToken) => database.WriteAsync(
        Key(group),
        (batch, _) => batch.Command(Remove).With(group).Add(users.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
        StatementAnswers.CountAsync,
        cancellationToken);

    public ValueTask<ImmutableArray<string>> ListAsync(string group, string? after, DateTimeOffset? until, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        List,
        parameters => parameters.With(group).With(after ?? "").With(PostgresColumns.Ticks(until ?? DateTimeOffset.MaxValue)).With((long)limit),
        rows => rows.ListAsync(row => row.GetString(0), cancellationToken),
        cancellationToken);

    public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken) => database.ReadAsync(
        Count, parameters => parameters.With(group), async rows => await rows.ReadAsync(cancellationToken) ? (int)rows.GetInt64(0) : 0, cancellationToken);

    private static string Key(string group) => "group:" + group;

    private static void AddTo(NpgsqlBatch batch, string group, ImmutableArray<string> users, DateTimeOffset at) =>
        batch.Command(Add).With(group).Add(users.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text).With(at);

    private ValueTask WriteAsync(string group, Action<NpgsqlBatch> add, CancellationToken cancellationToken) => database.WriteAsync(Key(group), add, cancellationToken);
}
