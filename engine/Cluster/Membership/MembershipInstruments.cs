using System.Diagnostics.Metrics;
using Actors.Engine.Diagnostics;

namespace Actors.Engine.Cluster;

/// <summary>What membership tells the outside.</summary>
internal sealed class MembershipInstruments : IDisposable
{
    private readonly Meter _meter = new(EngineTelemetry.Name);
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _suspicions;
    private readonly Counter<long> _lives;

    public MembershipInstruments(IClusterMembership membership, Func<double?> leaseAge)
    {
        _meter.CreateObservableGauge("actors.cluster.members", () => membership.View.Members.Length, "{silo}", "Silos in the newest view known here.");
        _meter.CreateObservableGauge(
            "actors.cluster.lease.age",
            () => leaseAge() is { } age ? [new Measurement<double>(age)] : Array.Empty<Measurement<double>>(),
            "s",
            "Time since this silo sent the last renewal that succeeded.");
        _meter.CreateObservableGauge("actors.cluster.parked", () => membership.IsParked ? 1 : 0, description: "1 while this silo cannot prove that it is a member.");
        _evictions = _meter.CreateCounter<long>("actors.cluster.evictions", "{silo}", "Silos that this one has evicted, by the ground.");
        _suspicions = _meter.CreateCounter<long>("actors.cluster.suspicions", "{suspicion}", "Silos that this process has begun to suspect.");
        _lives = _meter.CreateCounter<long>("actors.cluster.lost", "{membership}", "Memberships of this silo that ended by eviction.");
    }

    public void CountEviction(Doubt doubt) => _evictions.Add(1, KeyValuePair.Create<string, object?>("ground", doubt switch
    {
        Doubt.Suspected => "suspected",
        Doubt.Outvoted => "outvoted",
        _ => "expired",
    }));

    public void CountSuspicion() => _suspicions.Add(1);

    public void CountOwnEviction() => _lives.Add(1);

    public void Dispose() => _meter.Dispose();
}
