using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Api.Tests.Tallying;

/// <summary>The SignalR JSON protocol over a websocket: as much of it as a page uses.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly WebSocket _socket;
    private readonly Queue<JsonNode> _pushed = new();
    private readonly StringBuilder _received = new();
    private int _calls;

    private HubClient(WebSocket socket) => _socket = socket;

    public static async Task<HubClient> ConnectAsync(TallyApi api, string reader)
    {
        var socket = await api.Server.CreateWebSocketClient().ConnectAsync(
            new Uri($"ws://localhost/hubs/readers?reader={reader}"), TestContext.Current.CancellationToken);
        var client = new HubClient(socket);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await client.ReadAsync()).ToJsonString());
        return client;
    }

    /// <summary>Calls a method; the result, or the error as a text.</summary>
    public async Task<(JsonNode? Result, string? Error)> CallAsync(string method, object argument)
    {
        var id = (++_calls).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments = new[] { argument } }));
        while (true)
        {
            var message = await ReadAsync();
            if ((int)message["type"]! == 3 && (string?)message["invocationId"] == id)
            {
                return (message["result"], (string?)message["error"]);
            }

            Keep(message);
        }
    }

    /// <summary>Sends what makes the server end the connection; the reason that it gives.</summary>
    public async Task<string?> SendUntilClosedAsync(string record)
    {
        await SendAsync(record);
        while (true)
        {
            var message = await ReadAsync();
            if ((int)message["type"]! == 7)
            {
                return (string?)message["error"];
            }
        }
    }

    /// <summary>The next push of this name.</summary>
    public async Task<JsonNode> NextAsync(string target)
    {
        while (true)
        {
            while (_pushed.TryDequeue(out var pushed))
            {
                if ((string?)pushed["target"] == target)
                {
                    return pushed["arguments"]![0]!;
                }
            }

            Keep(await ReadAsync());
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(JsonNode message)
    {
        if ((int)message["type"]! == 1)
        {
            _pushed.Enqueue(message);
        }
    }

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task<JsonNode> ReadAsync()
    {
        var buffer = new byte[16_384];
        int end;
        while ((end = _received.ToString().IndexOf(End, StringComparison.Ordinal)) < 0)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            _received.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }

        var message = _received.ToString(0, end);
        _received.Remove(0, end + 1);
        return JsonNode.Parse(message)!;
    }
}
