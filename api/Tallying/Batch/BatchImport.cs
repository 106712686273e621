using System.Threading.Channels;
using Actors.Tallying;
using Orleans;

namespace Actors.Api.Tallying.Batch;

/// <summary>Saves the rows of a batch, some at a time; what it keeps of each is its line and uuid.</summary>
internal sealed class BatchImport(IGrainFactory grains)
{
    public const int MaxRows = 100_000;

    private const int Parallel = 64;
    private const int MaxRefused = 1_000;

    private readonly Lock _lock = new();
    private readonly List<SavedLine> _saved = [];
    private readonly List<RefusedLine> _refused = [];
    private int _refusedCount;
    private bool _complete = true;

    /// <summary>Saves all rows; a storage that fails ends it with that failure, and rows with uuids can then be repeated.</summary>
    public async Task<BatchReport> RunAsync(IAsyncEnumerable<BatchRow> rows, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<BatchRow>(Parallel);
        var workers = Enumerable.Range(0, Parallel).Select(_ => WorkAsync(queue.Reader, cancellationToken)).ToList();
        try
        {
            await ReadAsync(rows, queue.Writer, workers, cancellationToken);
        }
        finally
        {
            queue.Writer.TryComplete();
        }

        await Task.WhenAll(workers);
        return new BatchReport(
            _saved.Count,
            _refusedCount,
            _complete,
            [.. _saved.OrderBy(line => line.Line)],
            [.. _refused.OrderBy(line => line.Line)]);
    }

    private async Task ReadAsync(IAsyncEnumerable<BatchRow> rows, ChannelWriter<BatchRow> queue, List<Task> workers, CancellationToken cancellationToken)
    {
        var failed = Task.WhenAny(workers);
        var count = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (++count > MaxRows)
            {
                Refuse(new RefusedLine(row.Line, "too_many", $"More than {MaxRows} rows: this one and those after it were not read."), complete: false);
                return;
            }

            if (row.Wrong is { } wrong)
            {
                Refuse(new RefusedLine(row.Line, row.Code, wrong), complete: row.Code != "malformed");
                continue;
            }

            var written = queue.WriteAsync(row, cancellationToken).AsTask();
            if (await Task.WhenAny(written, failed) == failed)
            {
                // workers end early only by a failure
                return;
            }

            await written;
        }
    }

    private async Task WorkAsync(ChannelReader<BatchRow> queue, CancellationToken cancellationToken)
    {
        await foreach (var row in queue.ReadAllAsync(cancellationToken))
        {
            var outcome = await grains.GetCertificateGrain(new CertificateKey(row.Id)).SaveAsync(row.Command!);
            if (TallyRefusals.Of(outcome.Status) is { } refusal)
            {
                Refuse(new RefusedLine(row.Line, refusal.Code, refusal.Title), complete: true);
                continue;
            }

            lock (_lock)
            {
                _saved.Add(new SavedLine(row.Line, row.Id));
            }
        }
    }

    private void Refuse(RefusedLine line, bool complete)
    {
        lock (_lock)
        {
            _refusedCount++;
            _complete &= complete;
            if (_refused.Count < MaxRefused)
            {
                _refused.Add(line);
            }
        }
    }
}
