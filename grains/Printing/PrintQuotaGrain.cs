using System.Collections.Immutable;
using Actors.Printing.Files;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Printing;

/// <inheritdoc cref="IPrintQuotaGrain"/>
internal sealed class PrintQuotaGrain(
    [PersistentState("print-quota")] IPersistentState<PrintQuotaState> state,
    IPrintFacts facts,
    IOptions<PrintingOptions> options,
    TimeProvider time) : Grain, IPrintQuotaGrain
{
    private const int MaxPrints = 1_000;

    private readonly PrintingOptions _options = options.Value;

    private long Member => PrintQuotaKey.Parse(this.GetPrimaryKeyString()).Member;

    public async Task<QuotaOutcome> ReserveAsync(ImmutableArray<SheetReservation> prints)
    {
        if (_options.MonthlySheets is not { } quota)
        {
            return new(IsReserved: true, long.MaxValue);
        }

        var now = time.GetUtcNow();
        var held = Live(now);
        var added = prints.RemoveAll(print => held.Any(known => known.Print == print.Print));
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var printed = await facts.SheetsAsync(Member, month, month.AddMonths(1), CancellationToken.None);
        var left = quota - printed - held.Sum(known => (long)known.Sheets);
        var asked = added.Sum(print => (long)print.Sheets);
        if (asked > left || held.Length + added.Length > MaxPrints)
        {
            return new(IsReserved: false, Math.Max(0, left));
        }

        if (!added.IsEmpty)
        {
            // a job that never ends is given up with its file
            var until = now.AddHours(_options.StorageTime);
            await StoreAsync([.. held, .. added.Select(print => new HeldSheets(print.Print, print.Sheets, until))]);
        }

        return new(IsReserved: true, left - asked);
    }

    public async Task ReleaseAsync(ImmutableArray<Guid> prints)
    {
        var held = Live(time.GetUtcNow());
        var left = held.RemoveAll(known => prints.Contains(known.Print));
        if (left.Length < held.Length)
        {
            await StoreAsync(left);
        }
    }

    private ImmutableArray<HeldSheets> Live(DateTimeOffset now) =>
        state.State.Held.IsDefaultOrEmpty ? [] : state.State.Held.RemoveAll(known => known.Until <= now);

    private Task StoreAsync(ImmutableArray<HeldSheets> held) => this.StoreAsync(state, new PrintQuotaState { Held = held });
}
