using Actors.Engine.Hosting;
using Actors.Silo.Hosting.Statistics;

namespace Actors.Silo.Hosting;

/// <summary>What the built-in engine counts.</summary>
internal sealed class SiloCounts(EngineControl engine) : ISiloCounts
{
    public SiloLife? Self => engine.Membership?.Self is { } self ? new SiloLife(self.Id, self.Epoch) : null;

    public ValueTask<IReadOnlyList<GrainCount>> ReadAsync(CancellationToken cancellationToken) =>
        new([.. engine.Statistics.Select(grain => new GrainCount(grain.GrainType, grain.Activations, grain.Calls))]);
}
