using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace Actors.Bench.Tallying;

/// <summary>
/// A reader's page that costs next to nothing: it sends scans as bytes, and of what comes it looks only for the numbers
/// of the answers and of the events. A hundred of them leave the processors to the server.
/// </summary>
public sealed class ScanPage(ClientWebSocket socket, ScanRun run, Action<int, long>? answered = null, Action<int, long>? pushed = null) : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;
    private const int NumberDigits = 12;
    private const int EventDigits = 36;

    private readonly List<double> _answers = [];
    private readonly List<double> _pushes = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>From when a scan was due to its answer, in milliseconds.</summary>
    public IReadOnlyCollection<double> Answers => _answers;

    /// <summary>From when a scan was due to its push to this page, in milliseconds.</summary>
    public IReadOnlyCollection<double> Pushes => _pushes;

    /// <summary>Messages that pushed events.</summary>
    public int Messages { get; private set; }

    public long Bytes { get; private set; }

    public static async Task<ScanPage> ConnectAsync(
        Uri server, string reader, ScanRun run, Action<int, long>? answered = null, Action<int, long>? pushed = null)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/readers", Query = $"reader={reader}&order=arrival" }.Uri, CancellationToken.None);
        var page = new ScanPage(socket, run, answered, pushed);
        await page.SendAsync("{\"protocol\":\"json\",\"version\":1}");
        page._reading = page.ReadAsync();
        return page;
    }

    /// <summary>Sends the scan of this number.</summary>
    public Task ScanAsync(int number, object certificate)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return SendAsync($$"""{"type":1,"invocationId":"{{number}}","target":"Scan","arguments":[{"certificate":"{{certificate}}","event":"{{run.Prefix}}{{number:d12}}","timestamp":{{now}},"now":{{now}}}]}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        socket.Abort();
        await _reading;
        socket.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(string record) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(record + (char)RecordSeparator), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);

    private async Task ReadAsync()
    {
        var received = new ArrayBufferWriter<byte>(1 << 16);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(received.GetMemory(1 << 16), _stop.Token);
                received.Advance(part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    throw new InvalidOperationException($"The server closed a page: {Encoding.UTF8.GetString(received.WrittenSpan)}");
                }

                if (part.EndOfMessage)
                {
                    // the server sends whole records
                    Bytes += received.WrittenCount;
                    TakeAll(received.WrittenSpan, Stopwatch.GetTimestamp());
                    received.ResetWrittenCount();
                }
            }
        }
        catch (Exception ended) when (_stop.IsCancellationRequested && ended is OperationCanceledException or WebSocketException)
        {
            // disposed
        }
    }

    private void TakeAll(ReadOnlySpan<byte> records, long now)
    {
        while (records.IndexOf(RecordSeparator) is var end and >= 0)
        {
            Take(records[..end], now);
            records = records[(end + 1)..];
        }
    }

    private void Take(ReadOnlySpan<byte> record, long now)
    {
        var answer = "{\"type\":3,\"invocationId\":\""u8;
        if (record.StartsWith(answer))
        {
            if (!Utf8Parser.TryParse(record[answer.Length..], out int number, out _) || record.IndexOf("\"error\":"u8) >= 0)
            {
                throw new InvalidOperationException($"A scan was not answered: {Encoding.UTF8.GetString(record)}");
            }

            _answers.Add(run.Since(number, now));
            answered?.Invoke(number, now);
        }
        else if (record.StartsWith("{\"type\":1,\"target\":\"Events\""u8))
        {
            Messages++;
            TakeEvents(record, now);
        }
    }

    private void TakeEvents(ReadOnlySpan<byte> record, long now)
    {
        var member = "\"event\":\""u8;
        while (record.IndexOf(member) is var at and >= 0)
        {
            record = record[(at + member.Length)..];
            if (record.StartsWith(run.PrefixBytes.Span) && Utf8Parser.TryParse(record.Slice(EventDigits - NumberDigits, NumberDigits), out int number, out _))
            {
                _pushes.Add(run.Since(number, now));
                pushed?.Invoke(number, now);
            }
        }
    }
}
