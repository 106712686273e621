using System.Collections.Immutable;
using Actors.Printing;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Prints in the embedded database.</summary>
internal sealed class SqlitePrintFacts(SqliteDatabase database) : IPrintFacts
{
    private static readonly Sql s_insert = new("INSERT INTO print_fact (id, file, member, terminal, at, sheets) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING");
    private static readonly Sql s_read = new("SELECT place, id, file, member, terminal, at, sheets FROM print_fact WHERE place > ?1 ORDER BY place LIMIT ?2");
    private static readonly Sql s_sheets = new("SELECT coalesce(sum(sheets), 0) FROM print_fact WHERE member = ?1 AND at >= ?2 AND at < ?3");

    private static readonly ImmutableArray<Sql> s_sums = [Sum("at / 864000000000"), Sum("member"), Sum("terminal")];

    public async ValueTask AddAsync(PrintFact fact, CancellationToken cancellationToken) =>
        await database.WriteAsync(fact, static (session, fact) => session[s_insert]
            .Bind(1, fact.Id).Bind(2, fact.File).Bind(3, fact.Member).Bind(4, fact.Terminal).Bind(5, fact.At).Bind(6, fact.Sheets).Run(), cancellationToken);

    public ValueTask<ImmutableArray<LoggedPrint>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((After: after, Limit: limit), static (session, page) =>
        {
            var prints = ImmutableArray.CreateBuilder<LoggedPrint>();
            using var rows = session[s_read].Bind(1, page.After).Bind(2, page.Limit).Query();
            while (rows.Next())
            {
                prints.Add(new LoggedPrint(rows.Int64(0), new PrintFact(
                    rows.Guid(1), rows.Guid(2), rows.IsNull(3) ? null : rows.Int64(3), rows.Text(4), rows.Time(5), (int)rows.Int64(6))));
            }

            return prints.DrainToImmutable();
        }, cancellationToken);

    public ValueTask<long> SheetsAsync(long member, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.ReadAsync((Member: member, Since: since, Until: until), static (session, asked) =>
            session[s_sheets].Bind(1, asked.Member).Bind(2, asked.Since).Bind(3, asked.Until).Scalar()!.Value, cancellationToken);

    public ValueTask<ImmutableArray<PrintSum>> SumAsync(
        PrintSumBy by, DateTimeOffset since, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((By: by, Since: since, Until: until, Limit: limit), static (session, asked) =>
        {
            var sums = ImmutableArray.CreateBuilder<PrintSum>();
            using var rows = session[s_sums[(int)asked.By]].Bind(1, asked.Since).Bind(2, asked.Until).Bind(3, asked.Limit).Query();
            while (rows.Next())
            {
                sums.Add(new PrintSum(rows.IsNull(0) ? null : rows.Text(0), rows.Int64(1), rows.Int64(2)));
            }

            return sums.DrainToImmutable();
        }, cancellationToken);

    private static Sql Sum(string key) => new(
        $"SELECT cast({key} AS text), count(*), sum(sheets) FROM print_fact WHERE at >= ?1 AND at < ?2 GROUP BY {key} ORDER BY {key} LIMIT ?3");
}
