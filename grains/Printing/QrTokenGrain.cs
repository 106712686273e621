using Actors.Printing.Terminals;
using Orleans;
using Orleans.Runtime;

namespace Actors.Printing;

/// <inheritdoc cref="IQrTokenGrain"/>
internal sealed class QrTokenGrain(
    [PersistentState("qr-token")] IPersistentState<QrTokenState> state, TimeProvider time) : Grain, IQrTokenGrain
{
    private QrTokenState? Live => state.RecordExists && state.State.Until > time.GetUtcNow() ? state.State : null;

    public async Task<bool> BindAsync(string terminal, DateTimeOffset until)
    {
        if (Live is { } present && present.Terminal != terminal)
        {
            return false;
        }

        await this.StoreAsync(state, new QrTokenState { Terminal = terminal, Until = until });
        return true;
    }

    public Task<string?> FindAsync() => Task.FromResult(Live?.Terminal);

    public async Task ReleaseAsync(string terminal)
    {
        if (state.RecordExists && state.State.Terminal == terminal)
        {
            await this.OrDeactivateAsync(state.ClearStateAsync);
        }

        DeactivateOnIdle();
    }
}
