using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Notifications.Hub;

/// <summary>One open page of a user. For one that is too slow what waits is dropped, and it is told to ask.</summary>
internal sealed class UserPage(HubConnectionContext connection)
{
    private const int MaxWaiting = 100;

    private readonly Channel<SerializedHubMessage> _waiting = Channel.CreateBounded<SerializedHubMessage>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private int _missed;

    public void Tell(SerializedHubMessage message)
    {
        if (!_waiting.Writer.TryWrite(message))
        {
            Interlocked.Exchange(ref _missed, 1);
        }
    }

    /// <summary>Nothing waits any more.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>Sends what waits, each when the connection has taken the one before, until the page is gone.</summary>
    public async Task PumpAsync()
    {
        await foreach (var message in _waiting.Reader.ReadAllAsync(connection.ConnectionAborted))
        {
            await connection.WriteAsync(message, connection.ConnectionAborted);
            if (_waiting.Reader.Count == 0 && Interlocked.Exchange(ref _missed, 0) == 1)
            {
                await connection.WriteAsync(UserRoom.Missed, connection.ConnectionAborted);
            }
        }
    }
}
