using Actors.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.TestKit.Clusters;

/// <summary>What tests ask of the built-in engine.</summary>
internal static class EngineControls
{
    public static Task DeactivateAllAsync(IServiceProvider services) =>
        services.GetRequiredService<EngineControl>().DeactivateAllAsync();
}
