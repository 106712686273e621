using System.Collections.Concurrent;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Npgsql;

namespace Actors.Bench.Storage;

/// <summary>The baseline: each update is a transaction of its own, on prepared connections.</summary>
internal sealed class PlainWrites : IAsyncDisposable
{
    public const int Connections = 16;

    private readonly NpgsqlDataSource _source;
    private readonly ConcurrentQueue<(Guid Id, long ETag)> _rows;
    private readonly byte[] _payload;

    private PlainWrites(NpgsqlDataSource source, ConcurrentQueue<(Guid Id, long ETag)> rows, byte[] payload)
    {
        _source = source;
        _rows = rows;
        _payload = payload;
    }

    /// <summary>Makes the rows.</summary>
    public static async Task<PlainWrites> PrepareAsync(string connectionString, int grains, int bytes)
    {
        await using (var schema = PostgresDatabase.Open(new PostgresOptions { ConnectionString = connectionString }))
        {
            var load = new StateLoad(new PostgresStateStore(schema), bytes: bytes);
            await Load.RunCountAsync(512, grains, _ => load.InsertAsync());
        }

        var source = NpgsqlDataSource.Create(
            connectionString + $";Maximum Pool Size={Connections};No Reset On Close=true;Max Auto Prepare=10;Auto Prepare Min Usages=1;Timeout=60");
        var payload = new byte[bytes];
        new Random(1).NextBytes(payload);
        return new PlainWrites(source, await RowsAsync(source), payload);
    }

    /// <summary>Updates per second of rows made for it, each waiting for its commit.</summary>
    public static async Task<double> RunAsync(string connectionString, int callers, int grains, int bytes, TimeSpan duration)
    {
        await using var writes = await PrepareAsync(connectionString, grains, bytes);
        return await writes.RunAsync(callers, duration);
    }

    /// <summary>Updates per second, each waiting for its commit.</summary>
    public Task<double> RunAsync(int callers, TimeSpan duration) => Load.RunAsync(callers, duration, async _ =>
    {
        _rows.TryDequeue(out var row);
        var next = ETags.Next();
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("UPDATE grain_state SET etag = $1, payload = $2 WHERE id = $3 AND etag = $4", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = next }, new NpgsqlParameter<byte[]> { TypedValue = _payload },
                new NpgsqlParameter<Guid> { TypedValue = row.Id }, new NpgsqlParameter<long> { TypedValue = row.ETag },
            },
        };
        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException("The row was not updated.");
        }

        _rows.Enqueue((row.Id, next));
    });

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<ConcurrentQueue<(Guid Id, long ETag)>> RowsAsync(NpgsqlDataSource source)
    {
        var rows = new ConcurrentQueue<(Guid Id, long ETag)>();
        await using var all = source.CreateCommand("SELECT id, etag FROM grain_state ORDER BY random()");
        await using var reader = await all.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Enqueue((reader.GetGuid(0), reader.GetInt64(1)));
        }

        return rows;
    }
}
