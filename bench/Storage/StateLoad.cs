using System.Collections.Concurrent;
using Actors.Silo.Storage;

namespace Actors.Bench.Storage;

/// <summary>Rows of state as certificates have them: a random uuid in the key, a few hundred bytes.</summary>
internal sealed class StateLoad
{
    private readonly IStateStore _store;
    private readonly string _name;
    private readonly byte[] _payload;
    private readonly ConcurrentQueue<(StateKey Key, string ETag)> _rows = new();

    public StateLoad(IStateStore store, string name = "tally-certificate", int bytes = 300)
    {
        _payload = new byte[bytes];
        _store = store;
        _name = name;
        new Random(1).NextBytes(_payload);
    }

    public async Task FillAsync(int rows)
    {
        while (_rows.Count < rows)
        {
            await InsertAsync();
        }
    }

    /// <summary>So that updates do not come in the order in which the rows lie.</summary>
    public void Shuffle()
    {
        var rows = _rows.ToArray();
        new Random(1).Shuffle(rows);
        _rows.Clear();
        Array.ForEach(rows, _rows.Enqueue);
    }

    public async Task InsertAsync()
    {
        var key = new StateKey(_name, $"certificate:{Guid.NewGuid():N}");
        var result = await _store.WriteAsync(key, _payload, etag: null, CancellationToken.None);
        _rows.Enqueue((key, result.ETag!));
    }

    public async Task UpdateAsync()
    {
        if (!_rows.TryDequeue(out var row))
        {
            throw new InvalidOperationException("More callers than rows.");
        }

        var result = await _store.WriteAsync(row.Key, _payload, row.ETag, CancellationToken.None);
        _rows.Enqueue((row.Key, result.ETag!));
    }

    public async Task ReadAsync()
    {
        if (_rows.TryDequeue(out var row))
        {
            await _store.ReadAsync(row.Key, CancellationToken.None);
            _rows.Enqueue(row);
        }
    }
}
