using Actors.Silo.Storage.Sqlite;

namespace Actors.Engine.Tests.Storage.Sqlite;

public sealed class SqliteStatementTests
{
    private static readonly Sql s_page = new("SELECT event FROM tally_event WHERE campaign = ?1 AND position > ?2 ORDER BY position LIMIT ?3");
    private static readonly Sql s_decide = new("UPDATE tally_event SET position = ?2, outcome = 1 WHERE id = ?1 AND position IS NULL");

    /// <summary>Both touch a partial index, whose use the planner would otherwise weigh again for each value.</summary>
    [Fact]
    public async Task Statement_OverAPartialIndexWithOtherValues_IsNotParsedAgain()
    {
        using var storage = new SqliteFixture();

        var pages = await storage.Database.ReadAsync(0, static (session, _) => RunThrice(session, s_page), TestContext.Current.CancellationToken);
        var decisions = await storage.Database.WriteAsync(0, static (session, _) => RunThrice(session, s_decide), TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (pages, decisions));
    }

    private static int RunThrice(SqliteSession session, Sql sql)
    {
        for (var value = 1L; value <= 3; value++)
        {
            var statement = session[sql].Bind(1, value).Bind(2, value);
            if (ReferenceEquals(sql, s_page))
            {
                statement.Bind(3, value);
            }

            using var rows = statement.Query();
            _ = rows.Next();
        }

        return session[sql].Reprepared;
    }
}
