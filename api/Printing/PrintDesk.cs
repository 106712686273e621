using System.Collections.Immutable;
using System.Globalization;
using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Has files printed at a terminal: by its QR token, or by its own people.</summary>
internal sealed class PrintDesk(IGrainFactory grains, TimeProvider time, IOptions<PrintingOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Queues files as one job, or says why not; then nothing is queued and nothing held back.</summary>
    /// <param name="terminal">The terminal's id.</param>
    /// <param name="token">The QR token that was scanned, without prefix; null when the terminal's own people ask.</param>
    /// <param name="pins">Pins of any form.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DeskAnswer> PrintAsync(string terminal, string? token, ImmutableArray<string> pins, CancellationToken cancellationToken)
    {
        var files = await Task.WhenAll(pins.Select(pin =>
            PinGuard.IsPossible(pin) ? grains.GetPrintFileGrain(PrintFileKey.Of(pin)).GetAsync() : Task.FromResult<PrintFileInfo?>(null)));
        if (files.Count(file => file is null) is > 0 and var missing)
        {
            return new(PrintRefusals.FilesUnknown, string.Create(CultureInfo.InvariantCulture, $"{missing} file(s) not found"));
        }

        if (files.Any(file => !file!.IsUploaded))
        {
            return new(PrintRefusals.NotUploaded);
        }

        var command = new QueuePrint(Guid.NewGuid(), token, [.. files.Select(file => ToQueued(file!))]);
        if (await ReserveAsync(command.Files) is { } refused)
        {
            return refused;
        }

        var status = await QueueAsync(terminal, command, cancellationToken);
        if (status is not QueueStatus.Queued)
        {
            await ReleaseAsync(command.Files);
        }

        return status switch
        {
            QueueStatus.Queued => new(new PrintedJob(command.Id, command.Files.Length, command.Files.Sum(file => file.Sheets))),
            QueueStatus.UnknownToken => new(PrintRefusals.UnknownQr),
            _ => new(PrintRefusals.TerminalFull),
        };
    }

    private async Task<QueueStatus?> QueueAsync(string terminal, QueuePrint command, CancellationToken cancellationToken)
    {
        // first where its owners look for it: a job that is queued and not found would be printed and never seen
        foreach (var file in command.Files)
        {
            if (!await grains.GetPrintFileGrain(PrintFileKey.Of(file.Pin)).BindJobAsync(file.File, new PrintJobPlace(command.Id, terminal)))
            {
                return null;
            }
        }

        return await Retry.UntilAnsweredAsync(
            async _ => (QueueStatus?)await grains.GetTerminalGrain(new TerminalKey(terminal)).PrintAsync(command), Patience, time, cancellationToken);
    }

    private async Task<DeskAnswer?> ReserveAsync(ImmutableArray<QueuedFile> files)
    {
        if (options.Value.MonthlySheets is null)
        {
            return null;
        }

        var owners = files.Where(file => file.Owner is not null).GroupBy(file => file.Owner!.Value).ToList();
        for (var i = 0; i < owners.Count; i++)
        {
            var outcome = await Quota(owners[i].Key).ReserveAsync([.. owners[i].Select(file => new SheetReservation(file.Print, file.Sheets))]);
            if (!outcome.IsReserved)
            {
                await ReleaseAsync(owners.Take(i).SelectMany(owner => owner));
                return PrintRefusals.QuotaExceeded(options.Value, outcome.Left);
            }
        }

        return null;
    }

    private async Task ReleaseAsync(IEnumerable<QueuedFile> files)
    {
        if (options.Value.MonthlySheets is null)
        {
            return;
        }

        foreach (var owner in files.Where(file => file.Owner is not null).GroupBy(file => file.Owner!.Value))
        {
            await Quota(owner.Key).ReleaseAsync([.. owner.Select(file => file.Print)]);
        }
    }

    private IPrintQuotaGrain Quota(long member) => grains.GetPrintQuotaGrain(new PrintQuotaKey(member));

    private static QueuedFile ToQueued(PrintFileInfo file) =>
        new(file.Id, file.Pin, file.StoredName!, file.Options, file.Sheets, file.Owner?.Id, Guid.NewGuid(), file.Name);
}

/// <summary>A job that was queued.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Files">How many files.</param>
/// <param name="Sheets">How many sheets.</param>
public sealed record PrintedJob(Guid Id, int Files, int Sheets);

/// <summary>What came of asking for a print: the job, or why there is none.</summary>
internal sealed record DeskAnswer(PrintedJob? Job, Problem? Refusal, string? English = null, string? Russian = null)
{
    public DeskAnswer(PrintedJob job)
        : this(job, Refusal: null)
    {
    }

    public DeskAnswer(Problem refusal, string? english = null, string? russian = null)
        : this(Job: null, refusal, english, russian)
    {
    }

    /// <summary>The refusal over HTTP.</summary>
    public IResult ToResult() => Russian is null ? Refusal!.ToResult(English) : Refusal!.ToResult(English!, Russian);
}
