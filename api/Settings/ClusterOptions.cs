using System.ComponentModel.DataAnnotations;
using System.Net;
using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>How the processes of a cluster know each other; a single process may leave all of it out.</summary>
internal sealed class ClusterOptions : ISettings
{
    public const int MinSecretLength = 16;

    /// <inheritdoc/>
    public static string Section => "Cluster";

    /// <summary>Name of the cluster. Default: actors.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "{0} must be 1 to 63 characters of a-z, 0-9 and -")]
    public string Id { get; set; } = "actors";

    /// <summary>What processes must know to join. Default: none.</summary>
    [MinLength(MinSecretLength, ErrorMessage = "{0} must have at least {1} characters")]
    public string? Secret { get; set; }

    /// <summary>Address and port that other processes reach. Default: none.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Where the microsoft engine keeps its membership. Default: localhost.</summary>
    public ClusterProvider Provider { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Endpoint is not null && !IsEndpoint(Endpoint))
        {
            yield return $"Cluster:Endpoint is '{Endpoint}', but must be an address and a port such as 10.0.0.7:11111.";
        }

        if (Provider is not ClusterProvider.Localhost)
        {
            yield return $"Cluster:Provider is {Provider.ToString().ToLowerInvariant()}, but this build runs in one process only: localhost is the provider it has.";
        }
    }

    private static bool IsEndpoint(string text) =>
        (IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port != 0)
        || (text.Split(':') is [{ Length: > 0 } host, var port] && Uri.CheckHostName(host) == UriHostNameType.Dns && ushort.TryParse(port, out var number) && number != 0);
}

/// <summary>Where the microsoft engine keeps its membership.</summary>
internal enum ClusterProvider
{
    Localhost,
    AdoNet,
    Redis,
}
