using Actors.Printing.Terminals;
using Orleans;
using Orleans.Runtime;

namespace Actors.Printing;

/// <inheritdoc cref="IPairingGrain"/>
internal sealed class PairingGrain(
    [PersistentState("pairing")] IPersistentState<PairedKiosk> state, TimeProvider time) : Grain, IPairingGrain, IRemindable
{
    private const string Expiry = "expiry";
    private static readonly TimeSpan ExpiryRetry = TimeSpan.FromHours(1);

    private PairedKiosk? Live => state.RecordExists && state.State.Until > time.GetUtcNow() ? state.State : null;

    public async Task<bool> OpenAsync(string kiosk, DateTimeOffset until)
    {
        if (Live is { } present && present.Kiosk != kiosk)
        {
            return false;
        }

        // first what ends it: nobody may come for it
        await this.RegisterOrUpdateReminder(Expiry, until - time.GetUtcNow(), ExpiryRetry);
        await this.StoreAsync(state, new PairedKiosk { Kiosk = kiosk, Until = until });
        return true;
    }

    public async Task<bool> ConfirmAsync(string name)
    {
        if (Live is not { } kiosk)
        {
            return false;
        }

        await this.StoreAsync(state, new PairedKiosk { Kiosk = kiosk.Kiosk, Until = kiosk.Until, Name = name });
        return true;
    }

    public async Task<PairingState> ClaimAsync(string kiosk)
    {
        if (Live is not { } present || present.Kiosk != kiosk)
        {
            return new(IsKnown: false, Name: null);
        }

        if (present.Name is { } name)
        {
            // before the token is made: of two that ask at once one gets it
            await this.OrDeactivateAsync(state.ClearStateAsync);
            return new(IsKnown: true, name);
        }

        return new(IsKnown: true, Name: null);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Live is not null)
        {
            // another kiosk has the code meanwhile
            return;
        }

        if (state.RecordExists)
        {
            await this.OrDeactivateAsync(state.ClearStateAsync);
        }

        if (await this.GetReminder(Expiry) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        DeactivateOnIdle();
    }
}
