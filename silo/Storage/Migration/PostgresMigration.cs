using Actors.Silo.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Migration;

/// <summary>Copies an embedded database and the uploads beside it into an empty shared one. A table is there wholly or not at all; what was broken off can be repeated.</summary>
public static class PostgresMigration
{
    /// <summary>Where uploads lie in the data folder, unless a setting names another folder; that one stays where it is.</summary>
    internal const string FilesFolder = "files";

    private const long LockNumber = 1097823349;

    /// <summary>Copies and verifies; returns when all is there.</summary>
    /// <param name="dataPath">The folder of the embedded database; no server may run on it.</param>
    /// <param name="connectionString">The shared database.</param>
    /// <param name="tell">Takes a sentence per table.</param>
    /// <param name="cancellationToken">Breaks off between two tables.</param>
    /// <exception cref="InvalidDataException">It holds other data, or what was copied is not what was there.</exception>
    /// <exception cref="IOException">One of the two cannot be reached.</exception>
    public static async Task RunAsync(string dataPath, string connectionString, Action<string> tell, CancellationToken cancellationToken)
    {
        using var source = await MigrationSource.OpenAsync(dataPath, cancellationToken);
        await using var pool = PostgresSetup.Open(new PostgresOptions { ConnectionString = connectionString, CommandTimeoutSeconds = 3_600 });
        try
        {
            await using var connection = await pool.OpenConnectionAsync(cancellationToken);
            if (!Ask<bool>(connection, $"SELECT pg_try_advisory_lock({LockNumber})"))
            {
                throw new InvalidDataException("Another process is copying into this database.");
            }

            var done = Done(connection, source.Id);
            foreach (var table in MigrationTable.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tell(done.TryGetValue(table.Name, out var rows)
                    ? $"{table.Name}: {rows:N0} rows, copied before"
                    : $"{table.Name}: {Copy(connection, source, table):N0} rows, verified");
            }

            var (contents, before) = await ContentMigration.RunAsync(connection, Path.Combine(dataPath, FilesFolder), cancellationToken);
            tell(contents == 0 ? $"print_content: {before:N0} contents, copied before" : $"print_content: {contents:N0} contents, verified");
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.ToIOException(failure);
        }
    }

    private static Dictionary<string, long> Done(NpgsqlConnection connection, Guid source)
    {
        var done = new Dictionary<string, long>(StringComparer.Ordinal);
        using (var command = new NpgsqlCommand("SELECT name, source, rows FROM storage_migration", connection))
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                if (rows.GetGuid(1) != source)
                {
                    throw new InvalidDataException("The database holds the copy of another embedded database.");
                }

                done.Add(rows.GetString(0), rows.GetInt64(2));
            }
        }

        foreach (var table in MigrationTable.All.Where(table => !done.ContainsKey(table.Name)))
        {
            if (Ask<bool>(connection, $"SELECT EXISTS (SELECT 1 FROM {table.Name})"))
            {
                throw new InvalidDataException($"The database is not empty: its table {table.Name} holds rows that were not copied from here.");
            }
        }

        return done;
    }

    private static long Copy(NpgsqlConnection connection, MigrationSource source, MigrationTable table)
    {
        using var transaction = connection.BeginTransaction();
        Ask<object>(connection, "SET LOCAL idle_in_transaction_session_timeout = 0");
        if (table.Name == "tally_event")
        {
            AddMonths(connection, source);
        }

        var sent = Send(connection, source, table);
        var there = ReadBack(connection, table);
        if (sent.Rows != there.Rows || sent.Sum != there.Sum)
        {
            throw new InvalidDataException(
                $"The copy of {table.Name} is not the same: {sent.Rows} rows with the sum {sent.Sum} were sent, {there.Rows} with the sum {there.Sum} are there. Nothing of it was kept.");
        }

        if (table.Columns[0] is ("id", MigrationType.Integer or MigrationType.Number))
        {
            // New rows get numbers after the copied ones.
            Ask<object>(connection, $"SELECT setval(pg_get_serial_sequence('{table.Name}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table.Name}), false)");
        }

        using var record = new NpgsqlCommand("INSERT INTO storage_migration (name, source, rows, hash) VALUES ($1, $2, $3, $4)", connection);
        record.Parameters.With(table.Name).With(source.Id).With(sent.Rows).With(sent.Sum);
        record.ExecuteNonQuery();
        transaction.Commit();
        return sent.Rows;
    }

    private static RowHash Send(NpgsqlConnection connection, MigrationSource source, MigrationTable table)
    {
        var hash = new RowHash();
        using var import = connection.BeginBinaryImport($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT binary)");
        source.Read(table, values =>
        {
            hash.Add(values);
            import.StartRow();
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is { } value)
                {
                    import.Write(value, TypeOf(table.Columns[i].Type));
                }
                else
                {
                    import.WriteNull();
                }
            }
        });
        import.Complete();
        return hash;
    }

    private static RowHash ReadBack(NpgsqlConnection connection, MigrationTable table)
    {
        var hash = new RowHash();
        var values = new object?[table.Columns.Length];
        using var command = new NpgsqlCommand($"SELECT {table.ColumnList} FROM {table.Name}", connection);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows.IsDBNull(i) ? null : rows.GetValue(i);
            }

            hash.Add(values);
        }

        return hash;
    }

    private static void AddMonths(NpgsqlConnection connection, MigrationSource source)
    {
        var months = new HashSet<DateTimeOffset>();
        source.Read(MigrationTable.All.Single(table => table.Name == "tally_event_id"), values =>
        {
            var time = DateTimeOffset.UnixEpoch.AddTicks((long)values[3]!);
            months.Add(new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero));
        });
        foreach (var month in months)
        {
            using var command = new NpgsqlCommand("SELECT actors_add_tally_month($1)", connection);
            command.Parameters.With(month);
            command.ExecuteNonQuery();
        }
    }

    private static T? Ask<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (T?)command.ExecuteScalar();
    }

    private static NpgsqlDbType TypeOf(MigrationType type) => type switch
    {
        MigrationType.Text => NpgsqlDbType.Text,
        MigrationType.Integer => NpgsqlDbType.Integer,
        MigrationType.Small => NpgsqlDbType.Smallint,
        MigrationType.Flag => NpgsqlDbType.Boolean,
        MigrationType.Bytes => NpgsqlDbType.Bytea,
        MigrationType.Uuid or MigrationType.StateId => NpgsqlDbType.Uuid,
        _ => NpgsqlDbType.Bigint,
    };
}
