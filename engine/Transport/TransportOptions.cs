using System.Net;

namespace Actors.Engine.Transport;

/// <summary>How a process talks to the others of its cluster.</summary>
public sealed class TransportOptions
{
    /// <summary>The name of the cluster: others are turned away.</summary>
    public string ClusterId { get; set; } = "actors";

    /// <summary>Finds what every process of the cluster knows, as proof that it belongs; asked once, when the first other process is met.</summary>
    public Func<CancellationToken, ValueTask<string>> FindSecret { get; set; } =
        static _ => throw new InvalidOperationException("A cluster needs a secret.");

    /// <summary>Where a silo listens; port 0 takes a free one. Default: loopback, a free port.</summary>
    public IPEndPoint Listen { get; set; } = new(IPAddress.Loopback, 0);

    /// <summary>What other processes dial, where that differs from <see cref="Listen"/>. Default: the same.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The largest frame, in bytes. Default: 16 MiB.</summary>
    public int MaxFrame { get; set; } = 16 << 20;

    /// <summary>How many calls may be under way on one connection; others wait their turn here. Default: 8,192.</summary>
    public int MaxCallsUnderWay { get; set; } = 8192;

    /// <summary>How many calls may wait for one connection; more are refused. Default: 65,536.</summary>
    public int MaxCallsWaiting { get; set; } = 65536;

    /// <summary>How long dialing and the handshake may take together. Default: 1 s.</summary>
    public TimeSpan DialTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stranger may take to prove that he belongs. Default: 3 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many strangers are listened to at a time; the one who came first goes when there are more. Default: 128.</summary>
    public int MaxStrangers { get; set; } = 128;
}
