using System.Collections.Immutable;
using Actors.Printing;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Prints in PostgreSQL. A print's id makes it count once, whoever writes it.</summary>
internal sealed class PostgresPrintFacts(PostgresDatabase database) : IPrintFacts
{
    private const string Insert =
        "INSERT INTO print_fact (id, file, member, terminal, at, sheets) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING 1";
    private const string Read = "SELECT place, id, file, member, terminal, at, sheets FROM print_fact WHERE place > $1 ORDER BY place LIMIT $2";
    private const string Sheets = "SELECT coalesce(sum(sheets), 0)::bigint FROM print_fact WHERE member = $1 AND at >= $2 AND at < $3";

    private static readonly ImmutableArray<string> s_sums = [Sum("at / 864000000000"), Sum("member"), Sum("terminal COLLATE \"C\"")];

    public async ValueTask AddAsync(PrintFact fact, CancellationToken cancellationToken) =>
        await database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty,
            (batch, _) => batch.Command(Insert).With(fact.Id).With(fact.File).Add(fact.Member, NpgsqlDbType.Bigint)
                .With(fact.Terminal).With(fact.At).Add(fact.Sheets, NpgsqlDbType.Integer),
            StatementAnswers.AnyAsync,
            cancellationToken));

    public ValueTask<ImmutableArray<LoggedPrint>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(Read, parameters => parameters.With(after).With((long)limit), async rows =>
        {
            var prints = ImmutableArray.CreateBuilder<LoggedPrint>();
            while (await rows.ReadAsync(cancellationToken))
            {
                prints.Add(new LoggedPrint(rows.GetInt64(0), new PrintFact(
                    rows.GetGuid(1), rows.GetGuid(2), await rows.IsDBNullAsync(3, cancellationToken) ? null : rows.GetInt64(3), rows.GetString(4), rows.Time(5), rows.GetInt32(6))));
            }

            return prints.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<long> SheetsAsync(long member, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Sheets,
            parameters => parameters.With(member).With(PostgresColumns.Ticks(since)).With(PostgresColumns.Ticks(until)),
            async rows => await rows.ReadAsync(cancellationToken) ? rows.GetInt64(0) : 0,
            cancellationToken);

    public ValueTask<ImmutableArray<PrintSum>> SumAsync(
        PrintSumBy by, DateTimeOffset since, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            s_sums[(int)by],
            parameters => parameters.With(PostgresColumns.Ticks(since)).With(PostgresColumns.Ticks(until)).With((long)limit),
            async rows =>
            {
                var sums = ImmutableArray.CreateBuilder<PrintSum>();
                while (await rows.ReadAsync(cancellationToken))
                {
                    sums.Add(new PrintSum(await rows.IsDBNullAsync(0, cancellationToken) ? null : rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
                }

                return sums.DrainToImmutable();
            },
            cancellationToken);

    private static string Sum(string key) =>
        $"SELECT ({key})::text AS part, count(*), sum(sheets)::bigint FROM print_fact WHERE at >= $1 AND at < $2 GROUP BY {key} ORDER BY {key} NULLS FIRST LIMIT $3";
}
