using Actors.Engine.Transport;

namespace Actors.Engine.Cluster;

/// <summary>What a process is in its cluster.</summary>
public sealed class ClusterSettings
{
    /// <summary>Whether it holds grains; one that does not only calls. Default: true.</summary>
    public bool IsSilo { get; set; } = true;

    /// <summary>The silo's name, kept over restarts; no two may have the same. Default: its endpoint.</summary>
    public string? SiloId { get; set; }

    /// <summary>How it talks to the others.</summary>
    public TransportOptions Transport { get; } = new();
}
