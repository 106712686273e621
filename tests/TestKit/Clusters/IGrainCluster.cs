using Actors.TestKit.Time;
using Orleans;
using Orleans.Runtime;

namespace Actors.TestKit.Clusters;

/// <summary>Grains running for a test, whichever engine runs them.</summary>
public interface IGrainCluster : IAsyncDisposable
{
    /// <summary>Reaches the grains from outside.</summary>
    IGrainFactory Grains { get; }

    /// <summary>The services of the process that runs now.</summary>
    IServiceProvider Services { get; }

    /// <summary>The clock, unless the cluster runs on the machine's.</summary>
    ManualTimeProvider Clock { get; }

    /// <summary>Deactivates every grain in memory, and waits until they are gone.</summary>
    Task DeactivateAllAsync();

    /// <summary>Ends the process, orderly or as if killed.</summary>
    Task StopAsync(bool orderly = true);

    /// <summary>Starts another process on the same storage and clock, after <see cref="StopAsync"/>.</summary>
    Task StartAgainAsync();

    /// <summary>Ends the process and starts another.</summary>
    Task RestartAsync(bool orderly = true);

    /// <summary>Waits until the engine is done with a tick that was received, and ready for the next one.</summary>
    Task ReminderSettledAsync(IAddressable grain, string name);
}
