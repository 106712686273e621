using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>A prepared statement. Every parameter is bound anew before each run; parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement : IDisposable
{
    /// <summary>SQLITE_STMTSTATUS_REPREPARE, which the wrapper does not name.</summary>
    private const int ReprepareCount = 5;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>How often it was parsed again since it was prepared.</summary>
    public int Reprepared => raw.sqlite3_stmt_status(_statement, ReprepareCount, 0);

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, parameter, number) : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(parameter, bytes);
    }

    public SqliteStatement Bind(int parameter, Guid? value)
    {
        if (value is { } uuid)
        {
            return Bind(parameter, uuid);
        }

        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    public SqliteStatement Bind(int parameter, DateTimeOffset value) => Bind(parameter, SqliteTime.ToNumber(value));

    public SqliteStatement Bind(int parameter, DateTimeOffset? value) =>
        Bind(parameter, value is { } time ? SqliteTime.ToNumber(time) : (long?)null);

    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_statement, parameter));
            return this;
        }

        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var bytes = rented ?? stackalloc byte[512];
        var length = Encoding.UTF8.GetBytes(value, bytes);
        var code = raw.sqlite3_bind_text(_statement, parameter, bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        Check(code);
        return this;
    }

    /// <summary>Runs a statement that returns no rows; how many rows it changed.</summary>
    public int Run()
    {
        var code = raw.sqlite3_step(_statement);
        if (code != raw.SQLITE_DONE)
        {
            var failure = SqliteFailure.From(_connection, code);
            _ = raw.sqlite3_reset(_statement);
            throw failure;
        }

        var changes = raw.sqlite3_changes(_connection);
        _ = raw.sqlite3_reset(_statement);
        return changes;
    }

    /// <summary>Runs a query. Disposing of the rows ends it, and with it the snapshot that it reads.</summary>
    public SqliteRows Query() => new(this);

    /// <summary>The first column of the first row, or null when there is no row or it is NULL.</summary>
    public long? Scalar()
    {
        using var rows = Query();
        return rows.Next() && !rows.IsNull(0) ? rows.Int64(0) : null;
    }

    public void Dispose() => _statement.Dispose();

    internal bool Step() => raw.sqlite3_step(_statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw SqliteFailure.From(_connection, code),
    };

    // The error was reported by step already.
    internal void Reset() => _ = raw.sqlite3_reset(_statement);

    internal long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    internal bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFailure.From(_connection, code);
        }
    }
}
