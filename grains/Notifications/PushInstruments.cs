using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Actors.Notifications;

/// <summary>What notifications measure, by push service. Browsers name the services: only the first so many have a line of their own.</summary>
public sealed class PushInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Actors.Notifications";

    private const int MaxOrigins = 50;
    private const string Others = "others";

    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, bool> _origins = new(StringComparer.Ordinal);
    private ImmutableArray<QueueLength> _queues = [];

    /// <summary>Makes the instruments.</summary>
    public PushInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _sent = _meter.CreateCounter<long>("actors.push.sent", "{message}", "Messages that push services answered, by service and status; 0 is no answer.");
        _duration = _meter.CreateHistogram<double>("actors.push.duration", "s", "From asking a push service to its answer.");
        _wait = _meter.CreateHistogram<double>("actors.push.wait", "s", "From queueing a message to the push service's taking it.");
        _meter.CreateObservableGauge("actors.push.queue.length", () => Queues(queue => queue.Waiting), "{message}", "Messages that wait, by service.");
        _meter.CreateObservableGauge("actors.push.queue.age", () => Queues(queue => (_time.GetUtcNow() - queue.Oldest).TotalSeconds), "s", "How long the oldest waits, by service.");
    }

    internal void Answered(string origin, int status, TimeSpan took)
    {
        var service = new KeyValuePair<string, object?>("service", NameOf(origin));
        _sent.Add(1, service, new KeyValuePair<string, object?>("status", status));
        _duration.Record(took.TotalSeconds, service);
    }

    internal void Delivered(string origin, TimeSpan wait) => _wait.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("service", NameOf(origin)));

    /// <summary>What waits at the moment.</summary>
    internal void Queued(ImmutableArray<QueueLength> queues) => _queues = queues;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<T>> Queues<T>(Func<QueueLength, T> value)
        where T : struct =>
        [.. _queues.Take(MaxOrigins).Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>("service", queue.Origin)))];

    private string NameOf(string origin) =>
        _origins.ContainsKey(origin) || (_origins.Count < MaxOrigins && _origins.TryAdd(origin, value: true)) ? origin : Others;
}
