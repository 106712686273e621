using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Threading.Channels;
using Actors.Printing;

namespace Actors.Api.Printing.Terminals;

/// <summary>A terminal's websocket as its grain sees it: what it is to be sent waits here, each thing once.</summary>
internal sealed partial class TerminalSocket : ITerminalLine, ITerminalObserver, IDisposable
{
    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private readonly WebSocket _socket;
    private readonly HeardStream _stream;
    private readonly string _prefix;
    private readonly Func<TerminalSocket, Task> _onHeard;
    private readonly Func<TerminalSocket, ImmutableArray<Guid>, Task> _onSent;
    private readonly Queue<TerminalItem> _items = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private ImmutableArray<Guid> _known = [];
    private QrToken? _token;
    private QrToken? _shown;

    public TerminalSocket(
        string terminal,
        HeardStream stream,
        string prefix,
        TimeProvider time,
        Func<TerminalSocket, Task> onHeard,
        Func<TerminalSocket, ImmutableArray<Guid>, Task> onSent)
    {
        (Terminal, _stream, _prefix, _time, _onHeard, _onSent) = (terminal, stream, prefix, time, onHeard, onSent);
        // no pings of the library's own: it ends a connection that is busy printing and reads nothing
        _socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
    }

    public ITerminalObserver Observer => this;

    public string Terminal { get; }

    public Guid Id { get; } = Guid.NewGuid();

    public ITerminalObserver? Reference { get; set; }

    public TerminalAbilities Abilities { get; set; } = TerminalAbilities.None;

    public TimeSpan Silence => _stream.Silence;

    public CancellationToken Ended => _end.Token;

    public Task OnTokenAsync(QrToken token)
    {
        lock (_lock)
        {
            _token = token;
        }

        _signal.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    public Task OnItemsAsync(ImmutableArray<TerminalItem> items)
    {
        lock (_lock)
        {
            foreach (var item in items.Where(item => !_known.Contains(item.Id)))
            {
                _items.Enqueue(item);
            }

            _known = [.. items.Select(item => item.Id)];
        }

        _signal.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    public Task OnChallengeAsync()
    {
        _ = AnswerAsync();
        return Task.CompletedTask;
    }

    public Task OnCancelledAsync(Guid item)
    {
        lock (_lock)
        {
            // what it was sent already it will not get acknowledged
            var left = _items.Where(waiting => waiting.Id != item).ToList();
            _items.Clear();
            left.ForEach(_items.Enqueue);
        }

        return Task.CompletedTask;
    }

    public Task OnReplacedAsync()
    {
        End();
        return Task.CompletedTask;
    }

    public void End() => _end.Cancel();

    public Task PingAsync() => _stream.PingAsync(_end.Token);

    public void Dispose()
    {
        _socket.Dispose();
        _stream.Dispose();
        _end.Dispose();
    }

    private async Task AnswerAsync()
    {
        try
        {
            await _stream.AnswersAsync(_end.Token);
            await _onHeard(this);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException or Orleans.Runtime.OrleansException or TimeoutException)
        {
            // it is not heard, and the other connection has its place
        }
    }
}
