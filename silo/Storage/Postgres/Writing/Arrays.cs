using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Parameters, each a column of all rows of a statement.</summary>
internal static class Arrays
{
    public static NpgsqlBatchCommand Command(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlBatchCommand Add<TItem, T>(this NpgsqlBatchCommand command, List<TItem> items, NpgsqlDbType type, Func<TItem, T> column)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column(items[i]);
        }

        return command.Add(values, NpgsqlDbType.Array | type);
    }
}
