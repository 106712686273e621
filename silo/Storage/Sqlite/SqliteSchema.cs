using System.Globalization;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>Brings a file to this program's schema: the embedded scripts whose number is above the file's version, in order, each in one transaction.</summary>
internal static class SqliteSchema
{
    private const string Folder = "schema/sqlite/";

    /// <summary>"Acts": tells our files from others.</summary>
    private const int ApplicationId = 0x41637473;

    public static void Migrate(SqliteSession session, string file)
    {
        var scripts = Scripts();
        if (Version(session, file) == scripts[^1].Number)
        {
            return;
        }

        foreach (var (number, name) in scripts)
        {
            session.Execute("BEGIN IMMEDIATE");
            try
            {
                // Read again under the lock: another process may have been faster.
                if (Version(session, file) < number)
                {
                    session.Execute(Text(name));
                    session.Execute($"PRAGMA application_id={ApplicationId}; PRAGMA user_version={number}");
                }

                session.Execute("COMMIT");
            }
            catch
            {
                Undo(session);
                throw;
            }
        }

        if (Version(session, file) > scripts[^1].Number)
        {
            throw new InvalidDataException($"The database {file} was written by a newer version of this program.");
        }
    }

    private static long Version(SqliteSession session, string file)
    {
        var version = session.Scalar("PRAGMA user_version");
        var application = session.Scalar("PRAGMA application_id");
        var empty = version == 0 && application == 0 && session.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        return empty || application == ApplicationId
            ? version
            : throw new InvalidDataException($"The file {file} is a database of another program.");
    }

    private static void Undo(SqliteSession session)
    {
        if (session.InTransaction)
        {
            session.Execute("ROLLBACK");
        }
    }

    private static List<(int Number, string Name)> Scripts() =>
        [.. typeof(SqliteSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Folder.Length, 3), CultureInfo.InvariantCulture), name))
            .OrderBy(script => script.Item1)];

    private static string Text(string name)
    {
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
