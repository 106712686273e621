namespace Actors.Engine.Cluster;

/// <summary>Reads the table one at a time. Who asks during a read shares the next one: the running one may have begun too early.</summary>
internal sealed class ViewReader(Func<Task> read)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _next;
    private bool _reading;

    /// <summary>Ends when a read that began after this call has ended, well or not.</summary>
    public Task ReadAsync()
    {
        TaskCompletionSource mine;
        lock (_lock)
        {
            mine = _next ??= new TaskCompletionSource();
            if (_reading)
            {
                return mine.Task;
            }

            _reading = true;
        }

        _ = RunAsync();
        return mine.Task;
    }

    private async Task RunAsync()
    {
        while (Take() is { } asked)
        {
            await read();
            asked.SetResult();
        }
    }

    private TaskCompletionSource? Take()
    {
        lock (_lock)
        {
            var asked = _next;
            _next = null;
            _reading = asked is not null;
            return asked;
        }
    }
}
