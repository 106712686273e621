using Actors.Engine.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>The changes of the view that this process follows; none where it is alone.</summary>
internal sealed class ClusterChanges(EngineControl engine) : IClusterChanges
{
    public void OnChanged(Action handler) => engine.Membership?.OnViewChanged(_ => handler());
}
