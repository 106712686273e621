using Actors.Printing.Terminals;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Printing;

/// <summary>The connection, and the code that it shows.</summary>
internal sealed partial class TerminalGrain
{
    private const int MaxDraws = 16;

    /// <summary>A connection that was not renewed for so long is gone with its process.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    private TerminalConnection? _connection;
    private IGrainTimer? _rotation;

    private bool IsConnected => _connection is { } connection && time.GetUtcNow() - connection.RenewedAt < Lease;

    private TimeSpan Shown => TimeSpan.FromSeconds(_options.QrTokenTtl);

    private TimeSpan GoodAfter => TimeSpan.FromSeconds(_options.QrTokenDelay);

    public async Task<ConnectOutcome> ConnectAsync(ConnectTerminal command, ITerminalObserver observer)
    {
        if (IsConnected && _connection!.Id != command.Connection)
        {
            if (!command.IsRepeated || _connection.Challenger != command.Connection)
            {
                (_connection.Challenger, _connection.IsHeard) = (command.Connection, false);
                await _connection.Observer.OnChallengeAsync();
                return new(ConnectStatus.Asked, Token: null);
            }

            if (_connection.IsHeard)
            {
                return new(ConnectStatus.Taken, Token: null);
            }

            LogReplaced(Id);
            await _connection.Observer.OnReplacedAsync();
        }

        var next = await ShowNextAsync(_state.Lose(time.GetUtcNow()));
        await StoreAsync(next with { SeenAt = time.GetUtcNow() });
        Adopt(command.Connection, observer, command.Abilities);
        await PushItemsAsync();
        return new(ConnectStatus.Connected, OnScreen());
    }

    public async Task<bool> RenewAsync(RenewTerminal command, ITerminalObserver observer)
    {
        if (IsConnected)
        {
            if (_connection!.Id != command.Connection)
            {
                return false;
            }

            _connection.RenewedAt = time.GetUtcNow();
        }
        else
        {
            // the grain has moved, or its silo is gone
            Adopt(command.Connection, observer, command.Abilities);
            if (OnScreen() is not { } token || token.ShownUntil <= time.GetUtcNow())
            {
                await RotateAsync();
            }
        }

        await PushItemsAsync();
        return true;
    }

    public Task HeardAsync(Guid connection)
    {
        if (_connection?.Id == connection)
        {
            _connection.IsHeard = true;
        }

        return Task.CompletedTask;
    }

    public async Task HelloAsync(Guid connection, TerminalAbilities abilities)
    {
        if (_connection?.Id == connection)
        {
            _connection.Abilities = abilities;
            await PushItemsAsync();
        }
    }

    public async Task DisconnectAsync(Guid connection)
    {
        if (_connection?.Id != connection)
        {
            return;
        }

        _connection = null;
        _rotation?.Dispose();
        _rotation = null;
        var now = time.GetUtcNow();
        await StoreAsync(_state.Lose(now) with { SeenAt = now });
    }

    private QrToken? OnScreen() => _state.Tokens is [.., var last] ? new QrToken(last.Text, last.ShownUntil) : null;

    private void Adopt(Guid connection, ITerminalObserver observer, TerminalAbilities abilities)
    {
        _connection = new TerminalConnection(connection, observer, abilities) { RenewedAt = time.GetUtcNow() };
        _rotation?.Dispose();
        _rotation = this.RegisterGrainTimer(RotateAsync, Shown, Shown);
    }

    private async Task RotateAsync()
    {
        if (!IsConnected)
        {
            _rotation?.Dispose();
            _rotation = null;
            return;
        }

        await StoreAsync(await ShowNextAsync(_state));
        await PushTokenAsync();
    }

    /// <summary>The state with a new code on the screen; the one before it is good a little longer.</summary>
    private async Task<TerminalState> ShowNextAsync(TerminalState before)
    {
        var now = time.GetUtcNow();
        var shownUntil = now + Shown;
        var text = await DrawAsync(shownUntil + GoodAfter);
        var good = now + GoodAfter;
        var kept = before.Tokens.Where(token => token.GoodUntil > now)
            .Select(token => token.GoodUntil > good ? token with { ShownUntil = now, GoodUntil = good } : token);
        foreach (var old in before.Tokens.Where(token => token.GoodUntil <= now))
        {
            await GrainFactory.GetQrTokenGrain(new QrTokenKey(old.Text)).ReleaseAsync(Id);
        }

        _rotation?.Change(Shown, Shown);
        return before with { Tokens = [.. kept, new StoredQrToken(text, shownUntil, shownUntil + GoodAfter)] };
    }

    private async Task<string> DrawAsync(DateTimeOffset until)
    {
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var text = Symbols.Draw(_options.QrTokenSymbols, _options.QrTokenLength);
            if (_state.Tokens.All(token => token.Text != text) && await GrainFactory.GetQrTokenGrain(new QrTokenKey(text)).BindAsync(Id, until))
            {
                return text;
            }
        }

        throw new InvalidOperationException($"Of {MaxDraws} QR tokens none was free: make them longer (Print:QR_TOKEN_LENGTH).");
    }

    private async Task PushAsync()
    {
        await PushTokenAsync();
        await PushItemsAsync();
    }

    private async Task PushTokenAsync()
    {
        if (IsConnected && OnScreen() is { } token)
        {
            await _connection!.Observer.OnTokenAsync(token);
        }
    }

    private async Task PushItemsAsync()
    {
        if (IsConnected && _state.Items.Any(item => !item.IsTaken))
        {
            await _connection!.Observer.OnItemsAsync([.. _state.Items.Where(item => !item.IsTaken).Select(item => item.Rest)]);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Terminal {Terminal} did not answer on its old connection; a new one has its place.")]
    private partial void LogReplaced(string terminal);
}
