using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Actors.TestKit.Hubs;

/// <summary>A SignalR client for tests and load: the JSON hub protocol over a websocket, without negotiation.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    private readonly WebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _waiting = new(StringComparer.Ordinal);
    private readonly Channel<HubEvent> _events = Channel.CreateUnbounded<HubEvent>();
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;
    private int _lastInvocation;

    private HubClient(WebSocket socket) => _socket = socket;

    /// <summary>What the server sent, in order.</summary>
    public ChannelReader<HubEvent> Events => _events.Reader;

    /// <summary>Why the server ended the connection, when it said so.</summary>
    public string? Reason { get; private set; }

    /// <summary>Connects over a websocket of its own.</summary>
    /// <param name="address">The hub's address, ws or http.</param>
    public static async Task<HubClient> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        var scheme = address.Scheme.Replace("http", "ws", StringComparison.Ordinal);
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = scheme }.Uri, cancellationToken);
        return await ConnectAsync(socket, cancellationToken);
    }

    /// <summary>Speaks over a websocket that is open, for instance a test server's.</summary>
    public static async Task<HubClient> ConnectAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var client = new HubClient(socket);
        await client.SendAsync(new { protocol = "json", version = 1 }, cancellationToken);
        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>Calls a method and returns its result; a refusal is an <see cref="InvalidOperationException"/> with the server's words.</summary>
    public async Task<JsonElement> InvokeAsync(string method, CancellationToken cancellationToken, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastInvocation).ToString(CultureInfo.InvariantCulture);
        var waiting = _waiting.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(new { type = 1, invocationId = id, target = method, arguments }, cancellationToken);
        return await waiting.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(object message, CancellationToken cancellationToken)
    {
        byte[] record = [.. JsonSerializer.SerializeToUtf8Bytes(message, Json), RecordSeparator];
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(record, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        var received = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(received.GetMemory(16 * 1024), _stop.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                received.Advance(part.Count);
                if (part.EndOfMessage)
                {
                    var rest = Take(received.WrittenSpan);
                    var kept = received.WrittenSpan[^rest..].ToArray();
                    received.ResetWrittenCount();
                    received.Write(kept);
                }
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The connection is gone; whoever waits is told below.
        }

        _events.Writer.TryComplete();
        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetException(new IOException("The hub connection was closed."));
        }
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf(RecordSeparator) is var end and >= 0)
        {
            Handle(JsonSerializer.Deserialize<JsonElement>(bytes[..end], Json));
            bytes = bytes[(end + 1)..];
        }

        return bytes.Length;
    }

    private void Handle(JsonElement message)
    {
        var type = message.TryGetProperty("type", out var number) ? number.GetInt32() : 0;
        if (type == 1 && message.TryGetProperty("invocationId", out var asked))
        {
            // the server wants to know whether somebody is there
            _ = SendAsync(new { type = 3, invocationId = asked.GetString(), result = true }, _stop.Token);
        }
        else if (type == 7)
        {
            Reason = message.TryGetProperty("error", out var reason) ? reason.GetString() : null;
        }
        else if (type == 1)
        {
            _events.Writer.TryWrite(new(message.GetProperty("target").GetString()!, [.. message.GetProperty("arguments").EnumerateArray()]));
        }
        else if (type == 3 && _waiting.TryRemove(message.GetProperty("invocationId").GetString()!, out var waiting))
        {
            if (message.TryGetProperty("error", out var error))
            {
                waiting.TrySetException(new InvalidOperationException(error.GetString()));
            }
            else
            {
                waiting.TrySetResult(message.TryGetProperty("result", out var result) ? result : default);
            }
        }
    }
}
