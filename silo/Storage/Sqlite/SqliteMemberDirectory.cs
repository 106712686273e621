using System.Collections.Immutable;
using Actors.Printing;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Members in the embedded database.</summary>
internal sealed class SqliteMemberDirectory(SqliteDatabase database) : IMemberDirectory
{
    private const string Columns = "SELECT id, surname, union_number, student_number FROM print_member";

    private static readonly Sql s_same = new("SELECT min(id) FROM print_member WHERE union_number = ?1 OR student_number = ?2");
    private static readonly Sql s_remove = new("DELETE FROM print_member WHERE union_number = ?1 OR student_number = ?2");
    private static readonly Sql s_insert = new("INSERT INTO print_member (id, surname, union_number, student_number) VALUES (?1, ?2, ?3, ?4)");
    private static readonly Sql s_find = new(
        $"{Columns} WHERE (union_number = ?2 OR student_number = ?2) AND surname = ?1 AND (?3 OR union_number IS NOT NULL) ORDER BY union_number = ?2 DESC LIMIT 1");
    private static readonly Sql s_list = new($"{Columns} WHERE id > ?1 ORDER BY id LIMIT ?2");
    private static readonly Sql s_delete = new("DELETE FROM print_member WHERE union_number = ?1 OR student_number = ?1");

    public async ValueTask ReplaceAsync(ImmutableArray<NewMember> members, CancellationToken cancellationToken) =>
        await database.WriteAsync(members, Replace, cancellationToken, members.Length);

    public ValueTask<PrintOwner?> FindAsync(string surname, string number, bool students, CancellationToken cancellationToken) =>
        database.ReadAsync((Surname: surname, Number: number, Students: students), static (session, asked) =>
        {
            using var rows = session[s_find].Bind(1, asked.Surname).Bind(2, asked.Number).Bind(3, asked.Students ? 1L : 0L).Query();
            return rows.Next() ? Member(rows) : null;
        }, cancellationToken);

    public ValueTask<ImmutableArray<PrintOwner>> ListAsync(long after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((After: after, Limit: limit), static (session, page) =>
        {
            var members = ImmutableArray.CreateBuilder<PrintOwner>();
            using var rows = session[s_list].Bind(1, page.After).Bind(2, page.Limit).Query();
            while (rows.Next())
            {
                members.Add(Member(rows));
            }

            return members.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<bool> DeleteAsync(string number, CancellationToken cancellationToken) =>
        database.WriteAsync(number, static (session, number) => session[s_delete].Bind(1, number).Run() > 0, cancellationToken);

    private static int Replace(SqliteSession session, ImmutableArray<NewMember> members)
    {
        foreach (var member in members)
        {
            var id = session[s_same].Bind(1, member.UnionNumber).Bind(2, member.StudentNumber).Scalar();
            if (id is not null)
            {
                session[s_remove].Bind(1, member.UnionNumber).Bind(2, member.StudentNumber).Run();
            }

            session[s_insert].Bind(1, id).Bind(2, member.Surname).Bind(3, member.UnionNumber).Bind(4, member.StudentNumber).Run();
        }

        return members.Length;
    }

    private static PrintOwner Member(SqliteRows rows) => new(rows.Int64(0), rows.Text(1), rows.TextOrNull(2), rows.TextOrNull(3));
}
