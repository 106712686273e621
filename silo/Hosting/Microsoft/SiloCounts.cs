using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Actors.Silo.Hosting.Clustering;
using Actors.Silo.Hosting.Statistics;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Hosting;

/// <summary>Calls as they pass a filter of this silo; what is in memory its management grain knows, by class.</summary>
internal sealed class SiloCounts(ILocalSiloDetails silo, IGrainFactory grains) : ISiloCounts, IIncomingGrainCallFilter
{
    private const string Suffix = "grain";
    private const string OwnNamespace = "Actors.";
    private readonly ConcurrentDictionary<GrainType, StrongBox<long>> _calls = new();

    public SiloLife? Self => new SiloLife(SiloNames.Id(silo.SiloAddress), SiloNames.Epoch(silo.SiloAddress));

    public Task Invoke(IIncomingGrainCallContext context)
    {
        Interlocked.Increment(ref _calls.GetOrAdd(context.TargetId.Type, static _ => new StrongBox<long>()).Value);
        return context.Invoke();
    }

    public async ValueTask<IReadOnlyList<GrainCount>> ReadAsync(CancellationToken cancellationToken)
    {
        var held = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics([silo.SiloAddress], cancellationToken);
        return [.. held
            .Where(grain => grain.GrainType.StartsWith(OwnNamespace, StringComparison.Ordinal))
            .Select(grain => new GrainCount(TypeOf(grain.GrainType), grain.ActivationCount, CallsOf(TypeOf(grain.GrainType))))];
    }

    // Actors.Tallying.Certificates.CertificateGrain,Actors.Grains is the class of the type certificate.
    private static string TypeOf(string grainClass)
    {
        var name = grainClass.Split(',')[0];
        name = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }

    private long CallsOf(string type) => _calls.TryGetValue(GrainType.Create(type), out var calls) ? Volatile.Read(ref calls.Value) : 0;
}
