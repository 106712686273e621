using System.Text;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The rows of a query, one at a time.</summary>
internal readonly ref struct SqliteRows
{
    private readonly SqliteStatement _statement;

    public SqliteRows(SqliteStatement statement) => _statement = statement;

    public bool Next() => _statement.Step();

    public bool IsNull(int column) => _statement.IsNull(column);

    public long Int64(int column) => _statement.Int64(column);

    public byte[] Bytes(int column) => _statement.Blob(column).ToArray();

    public string Text(int column) => Encoding.UTF8.GetString(_statement.Blob(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public Guid Guid(int column) => new(_statement.Blob(column), bigEndian: true);

    public Guid? GuidOrNull(int column) => IsNull(column) ? null : Guid(column);

    public DateTimeOffset Time(int column) => SqliteTime.FromNumber(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public void Dispose() => _statement.Reset();
}
