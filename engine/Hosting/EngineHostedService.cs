using Actors.Engine.Runtime;
using Microsoft.Extensions.Hosting;

namespace Actors.Engine.Hosting;

/// <summary>Makes the engine with the host, and empties it before the host's other services stop.</summary>
internal sealed class EngineHostedService(EngineRuntime runtime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.Node?.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync(cancellationToken);
}
