using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Hubs;

/// <summary>Lets a hub reach its connections themselves, which take bytes that are written already.</summary>
internal sealed class HubLifetimes<THub>(ILogger<DefaultHubLifetimeManager<THub>> log) : DefaultHubLifetimeManager<THub>(log)
    where THub : Hub
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(connection);
        return base.OnConnectedAsync(connection);
    }
}
