using System.Threading.Channels;
using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Reads of grain state: all that wait become one question, so that many grains activate at once on few connections.</summary>
internal sealed class StateReads : IAsyncDisposable
{
    private const int MaxRows = 500;
    private const string Query =
        "SELECT n.i, s.etag, s.payload FROM unnest($1::uuid[]) WITH ORDINALITY AS n(id, i) JOIN grain_state s ON s.id = n.id";

    private readonly NpgsqlDataSource _source;
    private readonly GenerationGuard _guard;
    private readonly Channel<Read> _waiting = Channel.CreateUnbounded<Read>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _running;

    public StateReads(NpgsqlDataSource source, GenerationGuard guard)
    {
        _source = source;
        _guard = guard;
        _running = Task.Run(RunAsync);
    }

    public async ValueTask<StoredState?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _guard.ThrowIfReplaced();
        var read = new Read(id);
        return _waiting.Writer.TryWrite(read)
            ? await read.Task.WaitAsync(cancellationToken)
            : throw new ObjectDisposedException("The storage is closed.", innerException: null);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        var reads = new List<Read>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (reads.Count < MaxRows && _waiting.Reader.TryRead(out var read))
            {
                reads.Add(read);
            }

            try
            {
                await AskAsync(reads);
            }
#pragma warning disable CA1031 // the callers get it and the lane goes on
            catch (Exception failure)
#pragma warning restore CA1031
            {
                var outage = PostgresFailure.ToIOException(failure);
                reads.ForEach(read => read.TrySetException(outage));
            }

            reads.Clear();
        }
    }

    private async Task AskAsync(List<Read> reads)
    {
        var found = new StoredState?[reads.Count];
        await _source.WithConnectionAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(Query, connection);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. reads.Select(read => read.Id)] });
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                found[rows.GetInt64(0) - 1] = new StoredState((byte[])rows.GetValue(2), ETags.Format(rows.GetInt64(1)));
            }

            return 0;
        }, CancellationToken.None);
        for (var i = 0; i < found.Length; i++)
        {
            reads[i].TrySetResult(found[i]);
        }
    }

    private sealed class Read(Guid id) : TaskCompletionSource<StoredState?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Guid Id { get; } = id;
    }
}
