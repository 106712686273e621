using System.Collections.Immutable;
using System.Threading.Channels;
using Actors.Printing;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Printing.Terminals;

/// <summary>
/// A kiosk's page as its terminal's grain sees it. It acknowledges, so that what waits here is no more than the grain
/// says waits, and it is sent again when the connection is new.
/// </summary>
internal sealed class TerminalPage(
    string terminal, HubConnectionContext page, string prefix, Func<CancellationToken, Task> alive, Func<TerminalPage, Task> onHeard) : ITerminalLine, ITerminalObserver
{
    private static readonly TerminalAbilities s_abilities = new(Acknowledges: true, Reports: true);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private readonly Queue<SerializedHubMessage> _waiting = new();
    private ImmutableArray<Guid> _known = [];
    private QrToken? _token;

    public ITerminalObserver Observer => this;

    public string Terminal => terminal;

    public Guid Id { get; } = Guid.NewGuid();

    public ITerminalObserver? Reference { get; set; }

    public TerminalAbilities Abilities => s_abilities;

    /// <summary>The hub itself ends connections that are silent.</summary>
    public TimeSpan Silence => TimeSpan.Zero;

    public CancellationToken Ended => page.ConnectionAborted;

    public void End() => page.Abort();

    public Task PingAsync() => Task.CompletedTask;

    public Task OnTokenAsync(QrToken token)
    {
        lock (_lock)
        {
            _token = token;
        }

        return Signal();
    }

    public Task OnItemsAsync(ImmutableArray<TerminalItem> items)
    {
        lock (_lock)
        {
            foreach (var item in items.Where(item => !_known.Contains(item.Id)))
            {
                _waiting.Enqueue(TerminalMessages.Item(item));
            }

            _known = [.. items.Select(item => item.Id)];
        }

        return Signal();
    }

    public Task OnCancelledAsync(Guid item)
    {
        lock (_lock)
        {
            _waiting.Enqueue(TerminalMessages.Cancelled(item));
            _known = _known.Remove(item);
        }

        return Signal();
    }

    public Task OnChallengeAsync()
    {
        _ = AnswerAsync();
        return Task.CompletedTask;
    }

    public Task OnReplacedAsync()
    {
        End();
        return Task.CompletedTask;
    }

    /// <summary>Sends what waits, each when the connection has taken the one before, until it ends.</summary>
    public async Task PumpAsync()
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(Ended))
        {
            while (Next() is { } message)
            {
                await page.WriteAsync(message, Ended);
            }
        }
    }

    private SerializedHubMessage? Next()
    {
        lock (_lock)
        {
            if (_token is { } token)
            {
                _token = null;
                return TerminalMessages.Token(prefix + token.Text, token.ShownUntil);
            }

            return _waiting.TryDequeue(out var message) ? message : null;
        }
    }

    private Task Signal()
    {
        _signal.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    private async Task AnswerAsync()
    {
        try
        {
            await alive(Ended);
            await onHeard(this);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or HubException or Orleans.Runtime.OrleansException or TimeoutException)
        {
            // it is not heard, and the other connection has its place
        }
    }
}
