namespace Actors.Silo.Hosting;

/// <summary><c>silo status</c> of a build that has no cluster.</summary>
internal static class ClusterStatus
{
    /// <exception cref="InvalidOperationException">Always: there is nothing to tell.</exception>
    public static Task PrintAsync(IServiceProvider services) =>
        throw new InvalidOperationException("This build runs Microsoft Orleans in one process: it has no cluster to tell about.");
}
