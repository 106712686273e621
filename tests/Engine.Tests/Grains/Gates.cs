using System.Collections.Concurrent;

namespace Actors.Engine.Tests.Grains;

/// <summary>Where tests and the grains they call meet, by name.</summary>
public sealed class Gates
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new();

    public Gate this[string name] => _gates.GetOrAdd(name, static _ => new Gate());
}

/// <summary>A place that grains pass: the test sees them come and lets them go on.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _lock = new();
    private readonly List<(int Count, TaskCompletionSource Source)> _waiting = [];
    private int _count;

    /// <summary>How many have come.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Completes when the first has come.</summary>
    public Task Entered => EnteredBy(1);

    /// <summary>Completes when so many have come.</summary>
    public Task EnteredBy(int count)
    {
        lock (_lock)
        {
            if (_count >= count)
            {
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, source));
            return source.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        }
    }

    public void Enter()
    {
        lock (_lock)
        {
            _count++;
            foreach (var (_, source) in _waiting.Where(waiting => waiting.Count <= _count))
            {
                source.TrySetResult();
            }
        }
    }

    public void Open()
    {
        _opened.TrySetResult();
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Comes, and waits until it is open.</summary>
    public Task PassAsync()
    {
        Enter();
        return _opened.Task;
    }

    /// <summary>Comes, and blocks the thread until it is open.</summary>
    public void Block()
    {
        Enter();
        lock (_lock)
        {
            while (!_opened.Task.IsCompleted)
            {
                Monitor.Wait(_lock);
            }
        }
    }
}
