using System.Collections.Concurrent;
using System.Diagnostics;
using Actors.Engine.Tests.Conformance;
using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Builtin;

public sealed class TelemetryTests : ClusterTests
{
    [Fact]
    public async Task Calls_SomebodyListens_AreSpansOfTheCallersTrace()
    {
        using var source = new ActivitySource("Actors.Engine.Tests");
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name is "Actors.Engine" or "Actors.Engine.Tests",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        using var root = source.StartActivity("root")!;
        await Worker("w1").CallThroughAsync("r1", nameof(IWorkerGrain.OneInterleavingAsync));

        var own = spans.Where(span => span.TraceId == root.TraceId).ToDictionary(span => span.OperationName);
        var outer = own["IWorkerGrain.CallThroughAsync"];
        var middle = own["IRelayGrain.CallBackAsync"];
        var inner = own["IWorkerGrain.OneInterleavingAsync"];
        Assert.Equal(root.SpanId, outer.ParentSpanId);
        Assert.Equal(outer.SpanId, middle.ParentSpanId);
        Assert.Equal(middle.SpanId, inner.ParentSpanId);
    }
}
