using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Meetings.Lobby;

/// <summary>One page: of what waits for a slow one only the newest counts.</summary>
internal sealed class LobbyPage(HubConnectionContext connection)
{
    private readonly Channel<SerializedHubMessage> _waiting = Channel.CreateBounded<SerializedHubMessage>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    public void Show(SerializedHubMessage state) => _waiting.Writer.TryWrite(state);

    /// <summary>Nothing waits any more.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>Sends what waits, each when the connection has taken the one before, until the page is gone.</summary>
    public async Task PumpAsync()
    {
        await foreach (var state in _waiting.Reader.ReadAllAsync(connection.ConnectionAborted))
        {
            await connection.WriteAsync(state, connection.ConnectionAborted);
        }
    }
}
