namespace Actors.Engine.Cluster;

/// <summary>How patient the cluster is.</summary>
public sealed class MembershipOptions
{
    /// <summary>How long a silo may be trusted after it renewed, on the database's clock. Default: 5 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a silo renews, and every process looks at the view if nothing tells it sooner. Default: 1 s.</summary>
    public TimeSpan Renewal { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How much earlier than the database a silo regards its own lease as over. Default: 500 ms.</summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a suspect has to refute through the database. Default: 500 ms.</summary>
    public TimeSpan RefutationTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how long a connection on which nothing is heard makes its other end suspect. Default: 1.5 s.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromMilliseconds(1500);
}
