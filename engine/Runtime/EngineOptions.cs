using Actors.Engine.Cluster;

namespace Actors.Engine.Runtime;

/// <summary>How the engine behaves in a process.</summary>
public sealed class EngineOptions
{
    /// <summary>How long a caller waits for an answer. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may be idle, where its class does not say. Default: 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long loading state and OnActivateAsync may take. Default: 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running calls, then OnDeactivateAsync, may take. Default: 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many reads of state run at a time: as many as a storage that reads in groups asks at once. Default: 512.</summary>
    public int StateReads { get; set; } = 512;

    /// <summary>How often due reminders are looked for. Default: 1 s.</summary>
    public TimeSpan ReminderPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long a tick that nobody confirmed is sent again. Default: 2 min.</summary>
    public TimeSpan ReminderClaim { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The name of the process. Default: the machine's name and the process id.</summary>
    public string SiloName { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How patient the cluster is, where there is one.</summary>
    public MembershipOptions Membership { get; } = new();

    /// <summary>Whether other processes are talked to, which needs a finer clock.</summary>
    internal bool IsClustered { get; set; }

    // Fine enough for the time-outs, coarse enough to cost nothing.
    internal TimeSpan Tick => IsClustered ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromTicks(Math.Clamp(ResponseTimeout.Ticks / 16, TimeSpan.TicksPerMillisecond * 10, TimeSpan.TicksPerSecond));

    internal TimeSpan CollectionInterval =>
        TimeSpan.FromTicks(Math.Clamp(CollectionAge.Ticks / 16, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute));
}
