using System.Buffers;
using System.Net.WebSockets;
using Actors.Printing;

namespace Actors.Api.Printing.Terminals;

/// <summary>The two directions of the connection.</summary>
internal sealed partial class TerminalSocket
{
    /// <summary>Sends what waits, each in its turn, until the connection ends.</summary>
    public async Task SendAsync()
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(_end.Token))
        {
            while (Next() is var (item, token) && (item is not null || token is not null))
            {
                if (item is { Command: not null } && !Abilities.Acknowledges)
                {
                    // it says nothing to a command: it must be there when it is sent
                    await _stream.AnswersAsync(_end.Token);
                }

                var shown = token ?? _shown!;
                await SendAsync(item is null
                    ? TerminalFrames.Token(_prefix + shown.Text)
                    : TerminalFrames.Item(_prefix + shown.Text, item, Abilities.Acknowledges));
                _shown = shown;
                if (item is not null)
                {
                    await _onSent(this, [item.Id]);
                }
            }
        }
    }

    /// <summary>Refuses the connection: print-api's terminal ends itself for good when it reads this.</summary>
    public async Task RefuseAsync(string error)
    {
        await SendAsync(TerminalFrames.Error(error));
        await CloseAsync();
    }

    /// <summary>Says good-bye, for a moment at most.</summary>
    public async Task CloseAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // it went first
        }
    }

    /// <summary>Takes what the terminal says until it goes, or says what cannot be read.</summary>
    public async Task ReceiveAsync(Func<TerminalMessage, Task> take)
    {
        while (true)
        {
            // an idle terminal costs no buffer
            await _socket.ReceiveAsync(Memory<byte>.Empty, _end.Token);
            if (_socket.State is not WebSocketState.Open)
            {
                return;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(TerminalMessage.MaxBytes);
            try
            {
                if (await ReadMessageAsync(buffer.AsMemory(0, TerminalMessage.MaxBytes)) is not { } length)
                {
                    return;
                }

                if (TerminalMessage.Parse(buffer.AsMemory(0, length)) is { } message)
                {
                    await take(message);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private async Task<int?> ReadMessageAsync(Memory<byte> buffer)
    {
        for (var length = 0; length < buffer.Length;)
        {
            var part = await _socket.ReceiveAsync(buffer[length..], _end.Token);
            if (part.MessageType is not WebSocketMessageType.Text)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return length;
            }
        }

        return null;
    }

    private (TerminalItem? Item, QrToken? Token) Next()
    {
        lock (_lock)
        {
            if (_token is null && _shown is null)
            {
                // what is to be done cannot be sent without a code to show
                return default;
            }

            _items.TryDequeue(out var item);
            var token = _token;
            _token = null;
            return (item, token);
        }
    }

    private async Task SendAsync(byte[] frame)
    {
        using var late = new CancellationTokenSource(SendTime, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _end.Token);
        await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }
}
