using System.Collections.Concurrent;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Observers;

/// <summary>The observers of this process: held weakly, called off any grain, one call at a time each.</summary>
internal sealed class ObserverHost(ILogger log, Guid processId)
{
    private const int MaxWaiting = 4096;
    private const int UuidLength = 32;
    private const string KeyPrefix = "observer:";
    private static readonly GrainType Type = GrainType.Create("sys.observer");

    private readonly ConcurrentDictionary<GrainId, Entry> _entries = new();

    public static bool IsObserver(GrainId id) => id.Type == Type;

    /// <summary>The process that an observer is in; null when the identity is none of ours.</summary>
    public static Guid? ProcessOf(GrainId id) =>
        id.KeyText.Length == KeyPrefix.Length + (2 * UuidLength)
        && Guid.TryParseExact(id.KeyText.AsSpan(KeyPrefix.Length, UuidLength), "N", out var process) ? process : null;

    public GrainId Add(IGrainObserver observer)
    {
        var id = GrainId.Create(Type, $"{KeyPrefix}{processId:N}{Guid.NewGuid():N}");
        _entries[id] = new Entry(this, id, observer);
        return id;
    }

    public void Remove(GrainId id) => _entries.TryRemove(id, out _);

    public void Send(GrainId id, GrainRequest request)
    {
        if (_entries.TryGetValue(id, out var entry))
        {
            entry.Send(request);
        }
        else
        {
            Drop(id, request);
        }
    }

    /// <summary>Forgets observers that were collected.</summary>
    public void DropDead()
    {
        foreach (var (id, entry) in _entries)
        {
            if (!entry.IsAlive)
            {
                _entries.TryRemove(id, out _);
            }
        }
    }

    /// <summary>Tells the caller that there is no such observer.</summary>
    public void Drop(GrainId id, GrainRequest request)
    {
        EngineLog.ObserverGone(log, request.Method, id);
        request.Refuse(new ClientNotAvailableException($"{request} is dropped: the observer is gone."));
    }

    private sealed class Entry(ObserverHost host, GrainId id, IGrainObserver observer)
    {
        private readonly WeakReference<IGrainObserver> _observer = new(observer);
        private readonly Queue<GrainRequest> _waiting = new();
        private bool _isRunning;

        public bool IsAlive => _observer.TryGetTarget(out _);

        public void Send(GrainRequest request)
        {
            lock (_waiting)
            {
                if (_waiting.Count == MaxWaiting)
                {
                    EngineLog.ObserverSlow(host.LogOf, request.Method, id);
                    request.Refuse(new ClientNotAvailableException($"{request} is dropped: the observer does not keep up."));
                    return;
                }

                _waiting.Enqueue(request);
                if (_isRunning)
                {
                    return;
                }

                _isRunning = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.RunAsync(), this, preferLocal: false);
        }

        private async Task RunAsync()
        {
            while (Next() is { } request)
            {
                if (!_observer.TryGetTarget(out var target) || !host._entries.ContainsKey(id))
                {
                    host.Drop(id, request);
                    continue;
                }

                try
                {
                    await request.RunAsync(target);
                }
                catch (Exception error)
                {
                    EngineLog.ObserverFailed(host.LogOf, error, request.Method, id);
                }
            }
        }

        private GrainRequest? Next()
        {
            lock (_waiting)
            {
                _isRunning = _waiting.TryDequeue(out var request);
                return request;
            }
        }
    }

    private ILogger LogOf => log;
}
