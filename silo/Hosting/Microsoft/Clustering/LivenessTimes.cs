using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>
/// How soon Orleans notices what has happened to a silo. Its defaults suit large clusters: a minute until a
/// list is read again, probes of five seconds of which three must be missed.
/// </summary>
internal static class LivenessTimes
{
    /// <summary>How often callers look which silos there are.</summary>
    public static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(1);

    public static void AddLivenessTimes(this IServiceCollection services)
    {
        services.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = s_probe;
            membership.NumMissedProbesLimit = 2;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });
        services.AddCallerTimes();
    }

    public static void AddCallerTimes(this IServiceCollection services)
    {
        services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefresh);
        services.Configure<ConnectionOptions>(connection =>
        {
            connection.OpenConnectionTimeout = TimeSpan.FromSeconds(2);
            connection.ConnectionRetryDelay = TimeSpan.FromMilliseconds(200);
        });
    }
}
