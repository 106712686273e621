using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;

namespace Actors.Silo.Settings;

/// <summary>How the processes of a cluster know each other; a single process may leave all of it out.</summary>
public sealed class ClusterOptions : ISettings
{
    public const int MinSecretLength = 16;

    /// <inheritdoc/>
    public static string Section => "Cluster";

    /// <summary>Name of the cluster. Default: actors.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "{0} must be 1 to 63 characters of a-z, 0-9 and -")]
    public string Id { get; set; } = "actors";

    /// <summary>What processes must know to join. Default: one that is made once and kept in the shared database.</summary>
    [MinLength(MinSecretLength, ErrorMessage = "{0} must have at least {1} characters")]
    public string? Secret { get; set; }

    /// <summary>Address and port that other processes reach a silo at. Default: this machine alone, a free port.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Address and port that a silo listens on, where that differs. Default: those of Cluster:Endpoint.</summary>
    public string? Listen { get; set; }

    /// <summary>Where the microsoft engine keeps its membership. Default: adonet with ConnectionStrings:Actors, otherwise localhost.</summary>
    public ClusterProvider? Provider { get; set; }

    /// <summary>Port at which servers reach a silo of the microsoft engine, beside that of Cluster:Endpoint. Default: a free one.</summary>
    [Range(1, IPEndPoint.MaxPort, ErrorMessage = "{0} must be a port from {1} to {2}")]
    public int? Gateway { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Endpoint is not null && !IsEndpoint(Endpoint))
        {
            yield return $"Cluster:Endpoint is '{Endpoint}', but must be an address and a port such as 10.0.0.7:11111.";
        }

        if (Listen is not null && !IPEndPoint.TryParse(Listen, out _))
        {
            yield return $"Cluster:Listen is '{Listen}', but must be an address of this machine and a port such as 0.0.0.0:11111.";
        }
    }

    /// <summary>Where a silo of these settings listens.</summary>
    internal IPEndPoint ListenEndpoint =>
        IPEndPoint.TryParse(Listen ?? Endpoint ?? "", out var given) ? given
        : Endpoint is not null ? new IPEndPoint(IPAddress.IPv6Any, int.Parse(Endpoint.AsSpan(Endpoint.LastIndexOf(':') + 1), CultureInfo.InvariantCulture))
        : new IPEndPoint(IPAddress.Loopback, 0);

    private static bool IsEndpoint(string text) =>
        (IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port != 0)
        || (text.Split(':') is [{ Length: > 0 } host, var port] && Uri.CheckHostName(host) == UriHostNameType.Dns && ushort.TryParse(port, out var number) && number != 0);
}

/// <summary>Where the microsoft engine keeps its membership.</summary>
public enum ClusterProvider
{
    /// <summary>In the memory of the silo at port 11111 of this machine: to try things out.</summary>
    Localhost,

    /// <summary>In ConnectionStrings:Actors.</summary>
    AdoNet,

    /// <summary>In ConnectionStrings:Redis.</summary>
    Redis,
}
