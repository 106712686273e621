using SQLitePCL;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>What SQLite answered when it did not do what it was asked.</summary>
internal sealed class SqliteFailure : Exception
{
    public SqliteFailure(int code, string message)
        : base($"SQLite error {code}: {message}") => Code = code;

    /// <summary>The primary result code.</summary>
    public int Code { get; }

    /// <summary>Whether the file or the disk is at fault, not the row.</summary>
    public bool IsStorage => Code is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN
        or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>As callers see it.</summary>
    public IOException ToIOException() => new(Code switch
    {
        raw.SQLITE_FULL => "Nothing was written: the disk or the database file is full.",
        raw.SQLITE_BUSY => "Nothing was written: another process holds the database.",
        raw.SQLITE_READONLY => "Nothing was written: the database file is read-only.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "The database file is damaged.",
        raw.SQLITE_TOOBIG => "Nothing was written: the row is too large.",
        _ => $"The database refused: {Message}",
    }, this);

    public static SqliteFailure From(sqlite3? connection, int code) =>
        new(code & 0xFF, connection is null ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(connection).utf8_to_string());
}
