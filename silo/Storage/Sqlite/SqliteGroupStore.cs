using System.Collections.Immutable;
using Actors.Notifications;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Members of groups in the embedded database.</summary>
internal sealed class SqliteGroupStore(SqliteDatabase database) : IGroupStore
{
    private static readonly Sql s_add = new("INSERT INTO push_group_member (group_id, user_id, added) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    private static readonly Sql s_remove = new("DELETE FROM push_group_member WHERE group_id = ?1 AND user_id = ?2");
    private static readonly Sql s_all = new("SELECT user_id FROM push_group_member WHERE group_id = ?1");
    private static readonly Sql s_list = new("SELECT user_id FROM push_group_member WHERE group_id = ?1 AND user_id > ?2 AND added <= ?3 ORDER BY user_id LIMIT ?4");
    private static readonly Sql s_count = new("SELECT count(*) FROM push_group_member WHERE group_id = ?1");

    public async ValueTask ReplaceAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.WriteAsync((Group: group, Users: users, At: at), static (session, asked) =>
        {
            var gone = new HashSet<string>(StringComparer.Ordinal);
            using (var rows = session[s_all].Bind(1, asked.Group).Query())
            {
                while (rows.Next())
                {
                    gone.Add(rows.Text(0));
                }
            }

            gone.ExceptWith(asked.Users);
            return Remove(session, asked.Group, gone) + Add(session, asked.Group, asked.Users, asked.At);
        }, cancellationToken, users.Length);

    public async ValueTask AddAsync(string group, ImmutableArray<string> users, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (Group: group, Users: users, At: at), static (session, asked) => Add(session, asked.Group, asked.Users, asked.At), cancellationToken, users.Length);

    public ValueTask<int> RemoveAsync(string group, ImmutableArray<string> users, CancellationToken cancellationToken) =>
        database.WriteAsync((Group: group, Users: users), static (session, asked) => Remove(session, asked.Group, asked.Users), cancellationToken, users.Length);

    public ValueTask<ImmutableArray<string>> ListAsync(string group, string? after, DateTimeOffset? until, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((Group: group, After: after ?? "", Until: until ?? DateTimeOffset.MaxValue, Limit: limit), static (session, asked) =>
        {
            var users = ImmutableArray.CreateBuilder<string>();
            using var rows = session[s_list].Bind(1, asked.Group).Bind(2, asked.After).Bind(3, asked.Until).Bind(4, asked.Limit).Query();
            while (rows.Next())
            {
                users.Add(rows.Text(0));
            }

            return users.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken) =>
        database.ReadAsync(group, static (session, group) => (int)session[s_count].Bind(1, group).Scalar()!.Value, cancellationToken);

    private static int Add(SqliteSession session, string group, ImmutableArray<string> users, DateTimeOffset at)
    {
        foreach (var user in users)
        {
            session[s_add].Bind(1, group).Bind(2, user).Bind(3, at).Run();
        }

        return users.Length;
    }

    private static int Remove(SqliteSession session, string group, IEnumerable<string> users) =>
        users.Sum(user => session[s_remove].Bind(1, group).Bind(2, user).Run());
}
