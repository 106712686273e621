using Actors.Engine.CodeGeneration;

namespace Actors.Engine.Runtime;

/// <summary>
/// The requests that callers of this process wait for, so that one sweep finds those that are late instead of a
/// timer for each. Lists in parts, each with its own lock, linked through the requests.
/// </summary>
internal sealed class InFlight
{
    private readonly Part[] _parts = CreateParts();

    public void Add(GrainRequest request, long deadline)
    {
        var part = _parts[Environment.CurrentManagedThreadId & (_parts.Length - 1)];
        request.Deadline = deadline;
        request.Part = part;
        part.Add(request);
    }

    /// <summary>Fails what is past its deadline.</summary>
    public void FailLate(long now, Func<GrainRequest, Exception> reason)
    {
        foreach (var part in _parts)
        {
            while (part.FindLate(now) is { } late)
            {
                // A request that ends at this moment leaves the list by itself.
                if (!late.TryFail(reason(late)))
                {
                    part.Remove(late);
                }
            }
        }
    }

    private static Part[] CreateParts()
    {
        var parts = new Part[16];
        foreach (ref var part in parts.AsSpan())
        {
            part = new Part();
        }

        return parts;
    }

    /// <summary>Requests in the order of their deadlines, since all wait equally long.</summary>
    internal sealed class Part
    {
        private readonly Lock _lock = new();
        private GrainRequest? _first;
        private GrainRequest? _last;

        public void Add(GrainRequest request)
        {
            lock (_lock)
            {
                request.EarlierInFlight = _last;
                if (_last is null)
                {
                    _first = request;
                }
                else
                {
                    _last.LaterInFlight = request;
                }

                _last = request;
            }
        }

        public void Remove(GrainRequest request)
        {
            lock (_lock)
            {
                var (earlier, later) = (request.EarlierInFlight, request.LaterInFlight);
                if (earlier is null && !ReferenceEquals(_first, request))
                {
                    return;
                }

                if (earlier is null)
                {
                    _first = later;
                }
                else
                {
                    earlier.LaterInFlight = later;
                }

                if (later is null)
                {
                    _last = earlier;
                }
                else
                {
                    later.EarlierInFlight = earlier;
                }

                request.EarlierInFlight = null;
                request.LaterInFlight = null;
            }
        }

        public GrainRequest? FindLate(long now)
        {
            lock (_lock)
            {
                return _first is { } first && first.Deadline <= now ? first : null;
            }
        }
    }
}
