using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Actors.Notifications;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>What the writes of notifications have in common.</summary>
internal static class NotificationWrites
{
    /// <summary>The columns of new deliveries, as $1 to $14 or those after a number, each an array.</summary>
    public const string DeliveryColumns = "notification, device, kind, user_id, message, lane, origin, part, endpoint, p256dh, auth, queued, due, expires";

    private const int KeyBytes = 16;
    private static readonly string[] s_types =
        ["text", "text", "smallint", "text", "text", "smallint", "text", "smallint", "text", "bytea", "bytea", "bigint", "bigint", "bigint"];

    /// <summary>The rows of the arrays that begin at a parameter.</summary>
    public static string Rows(int first) => $"SELECT * FROM unnest({string.Join(", ", s_types.Select((type, i) => $"${first + i}::{type}[]"))})";

    /// <summary>Writes with equal keys come one after the other.</summary>
    public static Guid Key(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, KeyBytes), bigEndian: true);

    /// <summary>A write of a grain's.</summary>
    public static ValueTask<TResult> WriteAsync<TResult>(
        this PostgresDatabase database, string key, Action<NpgsqlBatch, bool> add, Func<BatchAnswer, ValueTask<TResult>> read, CancellationToken cancellationToken) =>
        database.WriteAsync(new StatementWrite<TResult>(Key(key), add, read, cancellationToken));

    /// <summary>A write whose statement tells nothing.</summary>
    public static async ValueTask WriteAsync(this PostgresDatabase database, string key, Action<NpgsqlBatch> add, CancellationToken cancellationToken) =>
        await database.WriteAsync(key, (batch, _) => add(batch), static _ => ValueTask.FromResult(true), cancellationToken);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, ImmutableArray<NewDelivery> deliveries)
    {
        List<NewDelivery> rows = [.. deliveries];
        return command
            .Add(rows, NpgsqlDbType.Text, row => row.Notification)
            .Add(rows, NpgsqlDbType.Text, row => row.Device)
            .Add(rows, NpgsqlDbType.Smallint, row => (short)row.Kind)
            .Add(rows, NpgsqlDbType.Text, row => row.User)
            .Add(rows, NpgsqlDbType.Text, row => row.Message)
            .Add(rows, NpgsqlDbType.Smallint, row => (short)row.Lane)
            .Add(rows, NpgsqlDbType.Text, row => row.Target.Queue.Origin)
            .Add(rows, NpgsqlDbType.Smallint, row => (short)row.Target.Queue.Part)
            .Add(rows, NpgsqlDbType.Text, row => row.Target.Endpoint)
            .Add(rows, NpgsqlDbType.Bytea, row => row.Target.P256dh.ToArray())
            .Add(rows, NpgsqlDbType.Bytea, row => row.Target.Auth.ToArray())
            .Add(rows, NpgsqlDbType.Bigint, row => PostgresColumns.Ticks(row.Queued))
            .Add(rows, NpgsqlDbType.Bigint, row => PostgresColumns.Ticks(row.Due))
            .Add(rows, NpgsqlDbType.Bigint, row => PostgresColumns.Ticks(row.Expires));
    }

    public static NpgsqlBatchCommand WithOrNull(this NpgsqlBatchCommand command, string? value) => command.Add<object>((object?)value ?? DBNull.Value, NpgsqlDbType.Text);

    public static NpgsqlBatchCommand WithSmall(this NpgsqlBatchCommand command, int value) => command.Add((short)value, NpgsqlDbType.Smallint);

    public static async Task<ImmutableArray<T>> ListAsync<T>(this NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            items.Add(read(rows));
        }

        return items.DrainToImmutable();
    }
}
