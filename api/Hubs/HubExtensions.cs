using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Api.Hubs;

/// <summary>What all hubs share.</summary>
internal static class HubExtensions
{
    private const int ParallelCallsPerPage = 4;

    public static void AddHubs(this IServiceCollection services)
    {
        services.AddSingleton<HubFailures>();
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        services.AddSignalR(hubs =>
        {
            // the protocol refuses by its own, smaller limit, and says so
            hubs.MaximumReceiveMessageSize = CodedHubProtocol.MaxMessageBytes * 2;
            hubs.MaximumParallelInvocationsPerClient = ParallelCallsPerPage;
            hubs.AddFilter<HubFailures>();
        });
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(HubLifetimes<>));
        services.Replace(ServiceDescriptor.Singleton<IHubProtocol, CodedHubProtocol>());
    }
}
