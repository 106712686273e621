using System.Globalization;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Brings a database to this program's schema: the embedded scripts whose number is above the database's, in order, each in one transaction.</summary>
internal static class PostgresSchema
{
    private const string Folder = "schema/postgres/";

    /// <summary>"Acts": of those that start at once, one migrates and the others wait.</summary>
    private const long LockNumber = 0x41637473;

    public static void Migrate(NpgsqlConnection connection)
    {
        var scripts = Scripts();
        if (Version(connection) < scripts[^1].Number)
        {
            foreach (var (number, name) in scripts)
            {
                Apply(connection, number, Text(name));
            }
        }

        if (Version(connection) > scripts[^1].Number)
        {
            throw new InvalidDataException("The database was written by a newer version of this program.");
        }
    }

    private static void Apply(NpgsqlConnection connection, int number, string script)
    {
        using var transaction = connection.BeginTransaction();
        // Waits for as long as another process migrates; and a machine that starts ten processes at once may be slow.
        Run(connection, "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '600s'; SET LOCAL idle_in_transaction_session_timeout = '60s'");
        Run(connection, $"SELECT pg_advisory_xact_lock({LockNumber})");
        Run(connection, "CREATE TABLE IF NOT EXISTS storage_version (number integer NOT NULL PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");
        if (Version(connection) < number)
        {
            Run(connection, script);
            Run(connection, $"INSERT INTO storage_version (number) VALUES ({number})");
        }

        transaction.Commit();
    }

    private static int Version(NpgsqlConnection connection)
    {
        using var exists = new NpgsqlCommand("SELECT to_regclass('storage_version') IS NOT NULL", connection);
        if (exists.ExecuteScalar() is not true)
        {
            return 0;
        }

        using var version = new NpgsqlCommand("SELECT coalesce(max(number), 0) FROM storage_version", connection);
        return (int)version.ExecuteScalar()!;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        command.ExecuteNonQuery();
    }

    private static List<(int Number, string Name)> Scripts() =>
        [.. typeof(PostgresSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Folder.Length, 3), CultureInfo.InvariantCulture), name))
            .OrderBy(script => script.Item1)];

    private static string Text(string name)
    {
        using var stream = typeof(PostgresSchema).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
