using Microsoft.Extensions.Logging;

namespace Actors.Engine.Cluster;

internal static partial class MembershipLog
{
    [LoggerMessage(200, LogLevel.Information, "Joined the cluster as {Member} at {Endpoint}; not active yet.")]
    public static partial void Joined(ILogger log, ClusterMember member, string endpoint);

    [LoggerMessage(201, LogLevel.Information, "{Member} is active.")]
    public static partial void Activated(ILogger log, ClusterMember member);

    [LoggerMessage(202, LogLevel.Warning, "{Member} reaches only {Reached} of {Others} silos and stays out until it reaches more than half.")]
    public static partial void NotAdmitted(ILogger log, ClusterMember member, int reached, int others);

    [LoggerMessage(203, LogLevel.Warning, "The table of members cannot be reached; it is tried again.")]
    public static partial void TableLost(ILogger log, Exception error);

    [LoggerMessage(204, LogLevel.Information, "The table of members is reached again.")]
    public static partial void TableFound(ILogger log);

    [LoggerMessage(205, LogLevel.Error, "{Member} is parked: its lease was not renewed for {Age}.")]
    public static partial void Parked(ILogger log, ClusterMember member, TimeSpan age);

    [LoggerMessage(206, LogLevel.Warning, "{Member} resumes after {Age} without a renewal.")]
    public static partial void Resumed(ILogger log, ClusterMember member, TimeSpan age);

    [LoggerMessage(207, LogLevel.Error, "{Member} was evicted; its activations are void. It joins again in {Delay}.")]
    public static partial void SelfEvicted(ILogger log, ClusterMember member, TimeSpan delay);

    [LoggerMessage(208, LogLevel.Error, "A handler of membership failed.")]
    public static partial void HandlerFailed(ILogger log, Exception error);

    [LoggerMessage(209, LogLevel.Information, "Now {View}.")]
    public static partial void ViewChanged(ILogger log, ClusterView view);

    [LoggerMessage(210, LogLevel.Warning, "{Member} is suspected: {Reason}")]
    public static partial void Suspected(ILogger log, ClusterMember member, string reason);

    [LoggerMessage(211, LogLevel.Warning, "The suspicion of {Member} could not be written.")]
    public static partial void SuspicionFailed(ILogger log, Exception error, ClusterMember member);

    [LoggerMessage(212, LogLevel.Warning, "{Member} is evicted: {Ground}.")]
    public static partial void Evicted(ILogger log, ClusterMember member, Doubt ground);

    [LoggerMessage(213, LogLevel.Warning, "{Member} could not be evicted.")]
    public static partial void EvictionFailed(ILogger log, Exception error, ClusterMember member);

    [LoggerMessage(214, LogLevel.Warning, "Changes of the membership are not told any more; the table is asked more often.")]
    public static partial void ListeningLost(ILogger log, Exception? error);

    [LoggerMessage(215, LogLevel.Critical, "The table of members went back from view {Known} to {Found}: it was restored behind this process, which stays parked. Restart every process of the cluster.")]
    public static partial void WentBack(ILogger log, long known, long found);

    [LoggerMessage(216, LogLevel.Warning, "The table of members went back from view {Known} to {Found}: it was restored from a backup.")]
    public static partial void ClientWentBack(ILogger log, long known, long found);

    [LoggerMessage(217, LogLevel.Information, "{Member} gives its grains away and leaves.")]
    public static partial void Retiring(ILogger log, ClusterMember member);

    [LoggerMessage(218, LogLevel.Warning, "{Member} could not tell that it leaves; the others evict it when its lease is over.")]
    public static partial void LeavingFailed(ILogger log, Exception error, ClusterMember member);
}
