using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>What the page of those who print asks.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/print").AddEndpointFilter<FailureFilter>().WithTags("Printing");
        api.MapGet("configuration", Configuration).WithName("printConfiguration").WithSummary("Where printing is, and its limits.").Produces<PrintConfiguration>();
        var files = api.MapGroup("files/{pin}").AddEndpointFilter<PinGuessFilter>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests);
        files.MapGet("", GetAsync).WithName("getPrintFile").WithSummary("A file by its pin, and where its newest job is.").Produces<PrintFileBody>();
        files.MapDelete("job", CancelAsync).WithName("cancelPrint").WithSummary("Takes the file's job back, with the other files in it, while the terminal does not have it.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static IResult Configuration(IOptions<PrintingOptions> options)
    {
        var print = options.Value;
        return Results.Ok(new PrintConfiguration(
            print.Prefix, print.MaxSize, print.MaxPageCount, print.StorageTime, print.PinLength, print.PinSymbols, print.QrTokenPrefix, print.QrTokenLength));
    }

    private static async Task<IResult> GetAsync(HttpContext http, IGrainFactory grains, TerminalNames names, string pin)
    {
        if (await grains.GetPrintFileGrain(PrintFileKey.Of(pin)).GetAsync() is not { } file)
        {
            return PrintRefusals.UnknownPin.ToResult();
        }

        http.Response.Headers.CacheControl = "no-store";
        var job = file.Job is { } place ? await grains.GetTerminalGrain(new TerminalKey(place.Terminal)).GetJobAsync(place.Job) : null;
        var name = job is null ? null : await names.FindAsync(file.Job!.Terminal, http.RequestAborted);
        return Results.Ok(PrintFileBody.Of(file, job, name));
    }

    private static async Task<IResult> CancelAsync(IGrainFactory grains, string pin)
    {
        if (await grains.GetPrintFileGrain(PrintFileKey.Of(pin)).GetAsync() is not { Job: { } job })
        {
            return PrintRefusals.NoJob.ToResult();
        }

        return await grains.GetTerminalGrain(new TerminalKey(job.Terminal)).CancelAsync(job.Job) switch
        {
            CancelStatus.Cancelled => Results.NoContent(),
            CancelStatus.Taken => PrintRefusals.JobTaken.ToResult(),
            _ => PrintRefusals.NoJob.ToResult(),
        };
    }
}

/// <summary>Where printing is, and its limits.</summary>
/// <param name="Prefix">Where print-api's routes lie.</param>
/// <param name="MaxSize">Largest file in bytes.</param>
/// <param name="MaxSheets">Sheets of one file at most.</param>
/// <param name="StorageHours">How long a file is kept.</param>
/// <param name="PinLength">Symbols of a pin.</param>
/// <param name="PinSymbols">What pins are made of.</param>
/// <param name="QrTokenPrefix">What stands before a QR token.</param>
/// <param name="QrTokenLength">Symbols of a QR token.</param>
public sealed record PrintConfiguration(
    string Prefix, long MaxSize, int MaxSheets, int StorageHours, int PinLength, string PinSymbols, string QrTokenPrefix, int QrTokenLength);

/// <summary>A file to print.</summary>
/// <param name="Pin">Its pin.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="StoredName">The name of its content; null before the upload.</param>
/// <param name="Options">How it is printed.</param>
/// <param name="Pages">How many pages it has; 0 before the upload.</param>
/// <param name="Sheets">How many sheets the options need; 0 before the upload.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
/// <param name="Job">Its newest job; null when it was not printed of late.</param>
public sealed record PrintFileBody(
    string Pin, string Name, string? StoredName, PrintOptionsBody Options, int Pages, int Sheets, DateTimeOffset ExpiresAt, PrintJobBody? Job)
{
    internal static PrintFileBody Of(PrintFileInfo file, PrintJobInfo? job, string? terminal) => new(
        file.Pin, file.Name, file.StoredName, new PrintOptionsBody(file.Options.Pages, file.Options.Copies, file.Options.TwoSided),
        file.Pages, file.Sheets, file.ExpiresAt, job is null ? null : PrintJobBody.From(job, terminal));
}

/// <summary>How a file is printed.</summary>
/// <param name="Pages">Page numbers and ranges; empty for all.</param>
/// <param name="Copies">From 1.</param>
/// <param name="TwoSided">Whether both sides of a sheet are used.</param>
public sealed record PrintOptionsBody(string Pages, int Copies, bool TwoSided);

/// <summary>Where a job is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Terminal">The terminal's name, or null.</param>
/// <param name="State">Where it is.</param>
/// <param name="Sheet">At which sheet, when the terminal says so.</param>
/// <param name="Of">Of how many, when the terminal says so.</param>
/// <param name="Reason">Why it stands or failed, when the terminal says so.</param>
/// <param name="QueuedAt">Since when.</param>
public sealed record PrintJobBody(Guid Id, string? Terminal, PrintState State, int? Sheet, int? Of, string? Reason, DateTimeOffset QueuedAt)
{
    internal static PrintJobBody From(PrintJobInfo job, string? terminal) => new(
        job.Id, terminal, job.Progress.State, job.Progress.Sheet, job.Progress.Of, job.Progress.Reason, job.QueuedAt);
}
