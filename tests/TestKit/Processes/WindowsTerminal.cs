using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.TestKit.Processes;

/// <summary>
/// A terminal that speaks as print-winapp does: the bare token in Authorization on every request and the socket, one
/// message read at a time with a buffer of 128 KiB, files fetched one after the other while nothing is read.
/// </summary>
public sealed class WindowsTerminal : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly ClientWebSocket _socket = new();
    private readonly HttpClient _http;

    private WindowsTerminal(HttpClient http) => _http = http;

    /// <summary>Whether the server has said good-bye in order.</summary>
    public bool IsClosedNormally => _socket.CloseStatus is WebSocketCloseStatus.NormalClosure;

    /// <summary>Connects, as it does at its start and five seconds after every failure.</summary>
    public static async Task<WindowsTerminal> ConnectAsync(Uri server, string? token, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = server };
        var terminal = new WindowsTerminal(http);
        terminal._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (token is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
            terminal._socket.Options.SetRequestHeader("Authorization", token);
        }

        await terminal._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/print/qr" }.Uri, cancellationToken);
        return terminal;
    }

    /// <summary>The next message; null when the connection has ended.</summary>
    public async Task<JsonNode?> ReadAsync(CancellationToken cancellationToken)
    {
        var result = await _socket.ReceiveAsync(new ArraySegment<byte>(_buffer), cancellationToken);
        if (result.MessageType is WebSocketMessageType.Close)
        {
            return null;
        }

        // it takes what comes in one read for the whole message
        return result.EndOfMessage ? JsonNode.Parse(Encoding.UTF8.GetString(_buffer, 0, result.Count)) : throw new InvalidDataException("A message in parts.");
    }

    /// <summary>Reads on until a message has a member.</summary>
    public async Task<JsonNode> ReadUntilAsync(string member, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await ReadAsync(cancellationToken) ?? throw new InvalidOperationException("The connection ended.");
            if (message[member] is not null)
            {
                return message;
            }
        }
    }

    /// <summary>Sends a message, which print-winapp never does.</summary>
    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Fetches what a message names, in order.</summary>
    public async Task<IReadOnlyList<byte[]>> FetchAsync(JsonNode message, CancellationToken cancellationToken)
    {
        var contents = new List<byte[]>();
        foreach (var file in message["files"]!.AsArray())
        {
            contents.Add(await _http.GetByteArrayAsync(new Uri($"/print/static/{(string)file!["filename"]!}", UriKind.Relative), cancellationToken));
        }

        return contents;
    }

    /// <summary>Asks for a pin that somebody typed.</summary>
    public Task<HttpResponseMessage> AskAsync(string pin, CancellationToken cancellationToken) =>
        _http.GetAsync(new Uri($"/print/file/{pin}", UriKind.Relative), cancellationToken);

    /// <summary>The power fails.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
