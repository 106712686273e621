using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Tallying.Hub;

/// <summary>Lets the hub reach its connections themselves, which take bytes that are written already.</summary>
internal sealed class ReaderLifetimes(ILogger<DefaultHubLifetimeManager<ReadersHub>> log) : DefaultHubLifetimeManager<ReadersHub>(log)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(connection);
        return base.OnConnectedAsync(connection);
    }
}
