using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Values as they lie in columns.</summary>
internal static class PostgresColumns
{
    /// <summary>Ticks of 100 ns since the Unix epoch, as in the embedded database: nothing is lost by a round trip.</summary>
    public static long Ticks(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? Ticks(DateTimeOffset? time) => time is { } value ? Ticks(value) : null;

    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static Guid? GuidOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    public static NpgsqlParameterCollection With<T>(this NpgsqlParameterCollection parameters, T value)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return parameters;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string value) => command.Add(value, NpgsqlDbType.Text);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, byte[] value) => command.Add(value, NpgsqlDbType.Bytea);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, Guid value) => command.Add(value, NpgsqlDbType.Uuid);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, bool value) => command.Add(value, NpgsqlDbType.Boolean);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long value) => command.Add(value, NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset value) => command.With(Ticks(value));

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset? value) =>
        command.Add(Ticks(value), NpgsqlDbType.Bigint);
}
