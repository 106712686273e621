using System.Diagnostics;
using System.Diagnostics.Metrics;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Runtime;

namespace Actors.Engine.Diagnostics;

/// <summary>What the engine tells the outside: a span per call and counts; nothing is made unless somebody listens.</summary>
public sealed class EngineTelemetry : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Actors.Engine";

    internal static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _latency;

    internal EngineTelemetry(EngineRuntime runtime)
    {
        _calls = _meter.CreateCounter<long>("actors.engine.calls", "{call}", "Calls whose body has ended.");
        _latency = _meter.CreateHistogram<double>("actors.engine.call.duration", "s", "From sending a call to the end of its body.");
        _meter.CreateObservableUpDownCounter(
            "actors.engine.activations",
            () => runtime.Types.Classes.Select(c => new Measurement<int>(c.Activations, KeyValuePair.Create<string, object?>("grain", c.Descriptor.GrainType))),
            "{activation}",
            "Grains in memory.");
    }

    internal bool IsWatched => Source.HasListeners() || _calls.Enabled || _latency.Enabled;

    public void Dispose() => _meter.Dispose();

    internal void Count(GrainMethod method, double seconds, Exception? error)
    {
        var tags = new TagList
        {
            { "grain", method.InterfaceName },
            { "method", method.MethodName },
            { "outcome", error is null ? "ok" : "error" },
        };
        _calls.Add(1, tags);
        _latency.Record(seconds, tags);
    }
}

/// <summary>What is kept of a call while somebody listens.</summary>
internal sealed class CallProbe(EngineTelemetry telemetry, TimeProvider time, ActivityContext parent)
{
    private readonly long _sent = time.GetTimestamp();
    private Activity? _activity;

    public void Begin(GrainRequest request)
    {
        if (EngineTelemetry.Source.HasListeners())
        {
            _activity = EngineTelemetry.Source.StartActivity(request.ToString(), ActivityKind.Internal, parent);
            _activity?.SetTag("actors.grain", request.Owner!.GrainId.ToString());
        }
    }

    public void End(GrainRequest request, Exception? error)
    {
        telemetry.Count(request.Method, time.GetElapsedTime(_sent).TotalSeconds, error);
        if (_activity is not null)
        {
            _activity.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error?.GetType().Name);
            _activity.Dispose();
        }
    }
}
