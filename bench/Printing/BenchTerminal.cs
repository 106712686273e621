using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Actors.Bench.Printing;

/// <summary>A terminal of print-api's kind, as small as one can be: it remembers its newest QR token and when a job came, and fetches its files.</summary>
public sealed class BenchTerminal(Uri server, string token) : IAsyncDisposable
{
    private static readonly HttpClient s_http = new();

    private readonly byte[] _buffer = new byte[4 << 10];
    private readonly CancellationTokenSource _stop = new();
    private ClientWebSocket _socket = new();
    private TaskCompletionSource<string> _token = New();
    private TaskCompletionSource<long> _job = NewJob();
    private Task _reading = Task.CompletedTask;

    /// <summary>The code on its screen.</summary>
    public string QrToken { get; private set; } = "";

    /// <summary>Connects, until it has a code to show.</summary>
    public async Task ConnectAsync()
    {
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.Options.SetRequestHeader("Authorization", token);
        await _socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/qr" }.Uri, _stop.Token);
        _reading = ReadAsync(_socket);
        await _token.Task;
    }

    /// <summary>Connects again after its connection broke, as often as it takes; print-winapp waits five seconds between, this one less.</summary>
    public async Task ReconnectAsync(TimeSpan between)
    {
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (true)
        {
            _socket.Dispose();
            (_socket, _token) = (new ClientWebSocket(), New());
            try
            {
                await ConnectAsync().WaitAsync(TimeSpan.FromSeconds(10));
                return;
            }
            catch (Exception refused) when (refused is WebSocketException or HttpRequestException or TimeoutException or IOException)
            {
                await Task.Delay(between, TimeProvider.System, _stop.Token);
            }
        }
    }

    /// <summary>Ends when a job has come; the moment.</summary>
    public Task<long> JobAsync()
    {
        _job = NewJob();
        return _job.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource<string> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<long> NewJob() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fetches what it is to print: so it has taken it.</summary>
    private async Task TakeAsync(JsonElement files)
    {
        foreach (var file in files.EnumerateArray())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, $"/print/static/{file.GetProperty("filename").GetString()}"));
            request.Headers.TryAddWithoutValidation("Authorization", token);
            using var content = await s_http.SendAsync(request, _stop.Token);
            content.EnsureSuccessStatusCode();
        }
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(_buffer.AsMemory(), _stop.Token);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    throw new IOException("The server ended the connection.");
                }

                var at = Stopwatch.GetTimestamp();
                var message = JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, part.Count));
                QrToken = message.GetProperty("qr_token").GetString()!;
                _token.TrySetResult(QrToken);
                if (message.TryGetProperty("files", out var files))
                {
                    await TakeAsync(files);
                    _job.TrySetResult(at);
                }
            }
        }
        catch (Exception end)
        {
            _token.TrySetException(end);
            _job.TrySetException(end);
            throw;
        }
    }
}
