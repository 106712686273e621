using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Printing.Wire;
using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Files by their pins.</summary>
internal static class FileEndpoints
{
    private const int MaxBodyBytes = 64 << 10;
    private const int MaxDraws = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapFiles(this IEndpointRouteBuilder print)
    {
        print.MapPost("/file", RegisterAsync).ProducesProblem(StatusCodes.Status403Forbidden).WithExample(PrintExamples.File, PrintExamples.FileAnswer).WithName("registerFile").WithSummary("Takes a pin for a file to come.");
        var pins = print.MapGroup("/file/{pin}").AddEndpointFilter<PinGuessFilter>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests);
        pins.MapPost("", UploadEndpoint.UploadAsync).WithUploads().ProducesProblem(StatusCodes.Status416RangeNotSatisfiable).WithExample(answer: PrintExamples.FileAnswer).WithName("uploadFile").WithSummary("Gives the file its content, once.");
        pins.MapGet("", GetAsync).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).WithExample(answer: PrintExamples.Found).WithName("getFile").WithSummary("The file's stored name and options; with a terminal's token that counts as a print.");
        pins.MapPatch("", ChangeAsync).ProducesProblem(StatusCodes.Status416RangeNotSatisfiable).WithExample(PrintExamples.Options, PrintExamples.FileAnswer).WithName("changeFile").WithSummary("Changes options, as often as one likes.");
        pins.MapDelete("", DeleteAsync).ProducesProblem(StatusCodes.Status403Forbidden).WithExample(answer: PrintExamples.Done).WithName("deleteFile").WithSummary("Forgets the file and frees its pin; for its owner.");
    }

    public static IResult Answer(PrintFileInfo file) => PrintJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("pin", file.Pin);
        OptionsBody.Write(json, file.Options);
        json.WriteEndObject();
    });

    private static async Task<IResult> RegisterAsync(
        HttpContext http, IMemberDirectory members, IGrainFactory grains, PinGuard guard, TimeProvider time, IOptions<PrintingOptions> options)
    {
        var (body, refusal) = await PrintBodies.ReadAsync(http, MaxBodyBytes, (json, faults) => FileBody.Read(json, faults, options.Value.MaxPageCount));
        if (body is null)
        {
            return refusal!;
        }

        var owner = await OwnerAsync(members, body.Surname, body.Number, options.Value, http.RequestAborted);
        if (owner is null && (body.HasOwner || !Caller.HasScope(http.User, Scopes.PrintFileSend)))
        {
            return PrintRefusals.NotAMember.ToResult();
        }

        if (FileBody.ExtensionOf(body.Name) is null)
        {
            return PrintRefusals.BadName.ToResult();
        }

        var command = new ReservePrintFile(Guid.NewGuid(), body.Name, body.Source, owner, PrintOptions.Default.With(body.Options));
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var file = grains.GetPrintFileGrain(new PrintFileKey(Symbols.Draw(options.Value.PinSymbols, options.Value.PinLength)));
            if (await Retry.UntilAnsweredAsync(_ => file.ReserveAsync(command), Patience, time, http.RequestAborted) is { } reserved)
            {
                await guard.WelcomeAsync(http);
                return Answer(reserved);
            }
        }

        return PrintRefusals.NoPinFree.ToResult();
    }

    private static async Task<IResult> GetAsync(HttpContext http, IGrainFactory grains, IOptions<PrintingOptions> options, string pin)
    {
        var grain = grains.GetPrintFileGrain(PrintFileKey.Of(pin));
        var (isInQuota, file) = Terminals.TerminalCallers.IdOf(http.User) is { } terminal ? await grain.TakeAsync(terminal) : new TakeOutcome(IsInQuota: true, await grain.GetAsync());
        if (!isInQuota)
        {
            return PrintRefusals.QuotaExceeded(options.Value, left: null).ToResult();
        }

        if (file is null)
        {
            return PrintRefusals.FilesMissing(1);
        }

        return file.StoredName is null ? PrintRefusals.NotUploaded.ToResult() : PrintJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("filename", file.StoredName);
            OptionsBody.Write(json, file.Options);
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, IGrainFactory grains, IOptions<PrintingOptions> options, string pin)
    {
        var (change, refusal) = await PrintBodies.ReadAsync(http, MaxBodyBytes, (json, faults) => OptionsBody.Read(json, faults, options.Value.MaxPageCount));
        if (change is null)
        {
            return refusal!;
        }

        var outcome = await grains.GetPrintFileGrain(PrintFileKey.Of(pin)).ChangeAsync(change);
        return outcome.Status is PrintFileStatus.Done ? Answer(outcome.File!) : PrintRefusals.Of(outcome.Status, pin, options.Value);
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, IMemberDirectory members, IGrainFactory grains, IOptions<PrintingOptions> options, string pin, string? surname, string? number)
    {
        var grain = grains.GetPrintFileGrain(PrintFileKey.Of(pin));
        if (await grain.GetAsync() is not { } file)
        {
            return PrintRefusals.PinUnknown(pin);
        }

        var owner = await OwnerAsync(members, surname, number, options.Value, http.RequestAborted);
        if (!Caller.HasScope(http.User, Scopes.PrintFileSend) && (owner is null || owner.Id != file.Owner?.Id))
        {
            return PrintRefusals.NotTheOwner.ToResult();
        }

        await grain.DeleteAsync();
        return Done();
    }

    /// <summary><c>{"status":"ok"}</c>.</summary>
    public static IResult Done() => PrintJson.Of(static json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteEndObject();
    });

    private static async ValueTask<PrintOwner?> OwnerAsync(
        IMemberDirectory members, string? surname, string? number, PrintingOptions options, CancellationToken cancellationToken) =>
        surname is null || number is null
            ? null
            : await members.FindAsync(MemberEndpoints.Normalize(surname), MemberEndpoints.Normalize(number), options.AllowStudentNumber, cancellationToken);
}
