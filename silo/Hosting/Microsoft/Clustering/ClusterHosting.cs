using System.Net;
using System.Net.Sockets;
using Actors.Silo.Settings;
using Actors.Silo.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Actors.Silo.Hosting.Clustering;

/// <summary>Where an Orleans process finds the others, and they find it.</summary>
internal static class ClusterHosting
{
    private static readonly IPEndPoint s_primary = new(IPAddress.Loopback, EndpointOptions.DEFAULT_SILO_PORT);

    /// <summary>One silo in this process, which nobody else reaches.</summary>
    public static void BeAlone(this ISiloBuilder silo)
    {
        var id = Guid.NewGuid().ToString("N");
        silo.UseLocalhostClustering(FreePort(), FreePort(), primarySiloEndpoint: null, serviceId: id, clusterId: id);
    }

    public static void JoinCluster(this ISiloBuilder silo, ClusterPart part)
    {
        var options = part.Options;
        var own = Reachable(options, isLocal: part.Provider is ClusterProvider.Localhost);
        var gateway = options.Gateway ?? (own.Equals(s_primary) && part.Provider is ClusterProvider.Localhost ? EndpointOptions.DEFAULT_GATEWAY_PORT : FreePort());
        if (part.Provider is ClusterProvider.Localhost)
        {
            silo.UseLocalhostClustering(own.Port, gateway, s_primary, options.Id, options.Id);
        }
        else
        {
            silo.Services.AddNames(part);
            silo.Services.AddLivenessTimes();
            silo.Configure<EndpointOptions>(endpoints =>
            {
                endpoints.AdvertisedIPAddress = own.Address;
                endpoints.SiloPort = own.Port;
                endpoints.GatewayPort = gateway;
                if (options.Listen is not null)
                {
                    endpoints.SiloListeningEndpoint = options.ListenEndpoint;
                    endpoints.GatewayListeningEndpoint = new IPEndPoint(options.ListenEndpoint.Address, gateway);
                }
            });
        }

        if (part.Provider is ClusterProvider.Redis)
        {
            RedisClustering.Use(silo, part.Redis!);
        }
        else if (part.Provider is ClusterProvider.AdoNet)
        {
            silo.Services.AddSingleton<IMembershipTable>(services => new PostgresMembershipTable(services, part));
            silo.Services.AddSingleton<IMembershipFence>(services => new OrleansFence(services.GetRequiredService<ILocalSiloDetails>(), options.Id));
        }

        silo.AddStartupTask((services, _) =>
        {
            var address = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Actors.Silo.Hosting").LogActive(address);
            return Task.CompletedTask;
        });
    }

    public static void JoinCluster(this IClientBuilder client, ClusterPart part)
    {
        client.Services.AddCallerTimes();
        client.Services.AddSingleton<IClientConnectionRetryFilter, ConnectionPatience>();
        // The server listens, and says that it is not ready, while there is no silo yet.
        client.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        if (part.Provider is ClusterProvider.Localhost)
        {
            client.UseLocalhostClustering(part.Options.Gateway ?? EndpointOptions.DEFAULT_GATEWAY_PORT, part.Options.Id, part.Options.Id);
            return;
        }

        client.Services.AddNames(part);
        if (part.Provider is ClusterProvider.Redis)
        {
            RedisClustering.Use(client, part.Redis!);
        }
        else
        {
            client.Services.AddSingleton<IMembershipTable>(services => new PostgresMembershipTable(services, part));
            client.Services.AddSingleton<IGatewayListProvider>(services => new PostgresGateways((PostgresMembershipTable)services.GetRequiredService<IMembershipTable>()));
        }
    }

    private static void AddNames(this IServiceCollection services, ClusterPart part) =>
        services.Configure<Orleans.Configuration.ClusterOptions>(names => names.ClusterId = names.ServiceId = part.Options.Id);

    // Orleans knows silos by address only.
    private static IPEndPoint Reachable(Settings.ClusterOptions options, bool isLocal)
    {
        if (options.Endpoint is not { } given)
        {
            return isLocal ? s_primary : new IPEndPoint(IPAddress.Loopback, FreePort());
        }

        if (IPEndPoint.TryParse(given, out var endpoint))
        {
            return endpoint;
        }

        var colon = given.LastIndexOf(':');
        var addresses = Dns.GetHostAddresses(given[..colon]);
        var address = addresses.FirstOrDefault(candidate => candidate.AddressFamily is AddressFamily.InterNetwork) ?? addresses[0];
        return new IPEndPoint(address, int.Parse(given.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
