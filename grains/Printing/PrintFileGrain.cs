using Actors.Printing.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Printing;

/// <inheritdoc cref="IPrintFileGrain"/>
internal sealed partial class PrintFileGrain(
    [PersistentState("print-file")] IPersistentState<PrintFileState> state,
    IFileStore files,
    IPrintFacts facts,
    IOptions<PrintingOptions> options,
    TimeProvider time,
    ILogger<PrintFileGrain> log) : Grain, IPrintFileGrain, IRemindable
{
    private const string Expiry = "expiry";
    private static readonly TimeSpan ExpiryRetry = TimeSpan.FromHours(1);

    /// <summary>How long a terminal that asks again is taken to ask for the same print.</summary>
    private static readonly TimeSpan SamePrint = TimeSpan.FromMinutes(1);

    private readonly PrintingOptions _options = options.Value;
    private readonly ILogger<PrintFileGrain> _log = log;

    /// <summary>What is known to be stored: interleaved readers never see a write that is under way.</summary>
    private StoredPrintFile? _file;

    private string Pin => PrintFileKey.Parse(this.GetPrimaryKeyString()).Pin;

    private StoredPrintFile? Live => _file is { } file && file.ExpiresAt > time.GetUtcNow() ? file : null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _file = state.State.File;
        return Task.CompletedTask;
    }

    public async Task<PrintFileInfo?> ReserveAsync(ReservePrintFile command)
    {
        if (Live is { } present)
        {
            return present.Id == command.Id ? present.Describe(Pin) : null;
        }

        await ClearAsync();
        var keptFor = TimeSpan.FromHours(_options.StorageTime);
        // first what ends it, so that no pin is taken for ever
        await this.RegisterOrUpdateReminder(Expiry, keptFor, ExpiryRetry);
        await StoreAsync(new StoredPrintFile(
            command.Id, command.Name, command.Source, command.Member, command.Options, time.GetUtcNow() + keptFor,
            StoredName: null, Pages: 0, Bytes: 0, Terminal: null, TakenAt: null, Job: null));
        return _file!.Describe(Pin);
    }

    public Task<PrintFileInfo?> GetAsync() => Task.FromResult(Live?.Describe(Pin));

    public async Task<PrintFileOutcome> AcceptAsync(AcceptPrintContent command)
    {
        if (Live is not { } file)
        {
            return new(PrintFileStatus.Unknown, File: null);
        }

        if (file.StoredName is { } present)
        {
            // its own answer may have been lost
            return new(present == command.StoredName ? PrintFileStatus.Done : PrintFileStatus.AlreadyUploaded, file.Describe(Pin));
        }

        var status = PrintRules.Judge(command.Pages, file.Options, _options.MaxPageCount);
        if (status is PrintFileStatus.Done)
        {
            await StoreAsync(file with { StoredName = command.StoredName, Pages = command.Pages, Bytes = command.Bytes });
        }

        return new(status, _file!.Describe(Pin));
    }

    public async Task<PrintFileOutcome> ChangeAsync(PrintOptionsChange change)
    {
        if (Live is not { } file)
        {
            return new(PrintFileStatus.Unknown, File: null);
        }

        var next = file.Options.With(change);
        var status = PrintRules.Judge(file.Pages, next, _options.MaxPageCount);
        if (status is PrintFileStatus.Done && next != file.Options)
        {
            await StoreAsync(file with { Options = next });
        }

        return new(status, _file!.Describe(Pin));
    }

    public async Task<TakeOutcome> TakeAsync(string terminal)
    {
        if (Live is not { StoredName: not null } file)
        {
            return new(IsInQuota: true, Live?.Describe(Pin));
        }

        var now = time.GetUtcNow();
        if (file.Terminal != terminal || now - file.TakenAt >= SamePrint)
        {
            var print = new PrintFact(Guid.NewGuid(), file.Id, file.Owner?.Id, terminal, now, file.Describe(Pin).Sheets);
            if (!await ReserveAsync(print))
            {
                return new(IsInQuota: false, file.Describe(Pin));
            }

            // counted before it is handed out; when the second write fails the terminal asks again, and that is one too many, not one too few
            await facts.AddAsync(print, CancellationToken.None);
            await ReleaseAsync(print);
            await StoreAsync(file with { Terminal = terminal, TakenAt = now });
        }

        return new(IsInQuota: true, _file!.Describe(Pin));
    }

    public async Task<bool> BindJobAsync(Guid file, PrintJobPlace job)
    {
        if (Live is not { StoredName: not null } present || present.Id != file)
        {
            return false;
        }

        await StoreAsync(present with { Job = job });
        return true;
    }

    public async Task<bool> DeleteAsync()
    {
        var wasThere = Live is not null;
        await ClearAsync();
        await ForgetReminderAsync();
        return wasThere;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Live is not null)
        {
            // the pin was freed and taken again
            return;
        }

        await ClearAsync();
        await ForgetReminderAsync();
        LogExpired(Pin.Length);
    }

    private async Task<bool> ReserveAsync(PrintFact print) =>
        QuotaOf(print) is not { } quota || (await quota.ReserveAsync([new SheetReservation(print.Id, print.Sheets)])).IsReserved;

    private Task ReleaseAsync(PrintFact print) => QuotaOf(print)?.ReleaseAsync([print.Id]) ?? Task.CompletedTask;

    private IPrintQuotaGrain? QuotaOf(PrintFact print) =>
        _options.MonthlySheets is not null && print.Member is { } member ? GrainFactory.GetPrintQuotaGrain(new PrintQuotaKey(member)) : null;

    private async Task StoreAsync(StoredPrintFile next)
    {
        await this.StoreAsync(state, new PrintFileState { File = next });
        _file = next;
    }

    private async Task ClearAsync()
    {
        if (_file is not { } file)
        {
            return;
        }

        if (file.Job is { } job)
        {
            await GrainFactory.GetTerminalGrain(new TerminalKey(job.Terminal)).CancelAsync(job.Job);
        }

        if (file.StoredName is { } name)
        {
            await files.DeleteAsync(name, CancellationToken.None);
        }

        await this.OrDeactivateAsync(state.ClearStateAsync);
        _file = null;
    }

    private async Task ForgetReminderAsync()
    {
        if (await this.GetReminder(Expiry) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A file's time is over; its pin of {Length} symbols is free.")]
    private partial void LogExpired(int length);
}
