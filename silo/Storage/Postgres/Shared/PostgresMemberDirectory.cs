using System.Collections.Immutable;
using Actors.Printing;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Members in PostgreSQL.</summary>
internal sealed class PostgresMemberDirectory(PostgresDatabase database) : IMemberDirectory
{
    private const string Columns = "SELECT id, surname, union_number, student_number FROM print_member";
    private const string Put = "SELECT actors_put_members($1, $2, $3)";
    private const string Find =
        $"{Columns} WHERE (union_number = $2 OR student_number = $2) AND surname = $1 AND ($3 OR union_number IS NOT NULL) "
        + "ORDER BY (union_number = $2) DESC NULLS LAST LIMIT 1";
    private const string List = $"{Columns} WHERE id > $1 ORDER BY id LIMIT $2";
    private const string Delete = "DELETE FROM print_member WHERE union_number = $1 OR student_number = $1 RETURNING 1";

    public async ValueTask ReplaceAsync(ImmutableArray<NewMember> members, CancellationToken cancellationToken) =>
        await database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty,
            (batch, _) => batch.Command(Put)
                .Add(members.Select(member => member.Surname).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
                .Add(members.Select(member => member.UnionNumber).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
                .Add(members.Select(member => member.StudentNumber).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
            StatementAnswers.AnyAsync,
            cancellationToken));

    public ValueTask<PrintOwner?> FindAsync(string surname, string number, bool students, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Find,
            parameters => parameters.With(surname).With(number).With(students),
            async rows => await rows.ReadAsync(cancellationToken) ? Member(rows) : null,
            cancellationToken);

    public ValueTask<ImmutableArray<PrintOwner>> ListAsync(long after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(List, parameters => parameters.With(after).With((long)limit), async rows =>
        {
            var members = ImmutableArray.CreateBuilder<PrintOwner>();
            while (await rows.ReadAsync(cancellationToken))
            {
                members.Add(Member(rows));
            }

            return members.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<bool> DeleteAsync(string number, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty, (batch, _) => batch.Command(Delete).With(number), StatementAnswers.AnyAsync, cancellationToken));

    private static PrintOwner Member(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1), row.TextOrNull(2), row.TextOrNull(3));
}
