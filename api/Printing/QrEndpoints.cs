using System.Collections.Immutable;
using System.Text.Json;
using Actors.Api.Docs;
using Actors.Api.Printing.Wire;
using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Printing at the terminal whose QR code was scanned.</summary>
internal static class QrEndpoints
{
    private const int MaxBodyBytes = 16 << 10;
    private const int MaxFiles = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapQr(this IEndpointRouteBuilder print)
    {
        print.MapPost("/qr", PrintAsync).AddEndpointFilter<PinGuessFilter>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithExample(PrintExamples.Print, PrintExamples.Done).WithSummary("Prints files at the terminal that shows this QR token.");
        print.MapGet("/qr", Terminals.TerminalSocketEndpoint.RunAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> PrintAsync(HttpContext http, IGrainFactory grains, TimeProvider time, IOptions<PrintingOptions> options)
    {
        var (body, refusal) = await PrintBodies.ReadAsync<QrBody>(http, MaxBodyBytes, Read);
        if (body is null)
        {
            return refusal!;
        }

        var prefix = options.Value.QrTokenPrefix;
        var token = prefix.Length > 0 && body.Token.StartsWith(prefix, StringComparison.Ordinal) ? body.Token[prefix.Length..] : body.Token;
        if (token.Length != options.Value.QrTokenLength || !token.All(char.IsAsciiLetterOrDigit) || await grains.GetQrTokenGrain(new QrTokenKey(token)).FindAsync() is not { } terminal)
        {
            return PrintRefusals.UnknownQr.ToResult();
        }

        var files = await Task.WhenAll(body.Pins.Select(pin =>
            PinGuessFilter.IsPossible(pin) ? grains.GetPrintFileGrain(PrintFileKey.Of(pin)).GetAsync() : Task.FromResult<PrintFileInfo?>(null)));
        if (files.Count(file => file is null) is > 0 and var missing)
        {
            return PrintRefusals.FilesMissing(missing);
        }

        if (files.Any(file => !file!.IsUploaded))
        {
            return PrintRefusals.NotUploaded.ToResult();
        }

        var command = new QueuePrint(Guid.NewGuid(), token, [.. files.Select(file => file!.ToQueued())]);
        var status = await Retry.UntilAnsweredAsync(_ => grains.GetTerminalGrain(new TerminalKey(terminal)).PrintAsync(command), Patience, time, http.RequestAborted);
        return status switch
        {
            QueueStatus.Queued => FileEndpoints.Done(),
            QueueStatus.UnknownToken => PrintRefusals.UnknownQr.ToResult(),
            _ => PrintRefusals.TerminalFull.ToResult(),
        };
    }

    private static QrBody? Read(JsonElement body, BodyFaults faults)
    {
        var token = body.Text(faults, ["body", "qr_token"]);
        string[] path = ["body", "files"];
        if (!body.TryGetProperty("files", out var files))
        {
            faults.Missing(path);
            return null;
        }

        if (files.ValueKind is not JsonValueKind.Array || files.EnumerateArray().Any(pin => pin.ValueKind is not JsonValueKind.String))
        {
            faults.Add(path, "Input should be a valid set of strings", "set_type");
            return null;
        }

        ImmutableArray<string> pins = [.. files.EnumerateArray().Select(pin => pin.GetString()!.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        if (pins.Length is 0 or > MaxFiles)
        {
            faults.Add(path, $"Set should have 1 to {MaxFiles} items", pins.Length == 0 ? "too_short" : "too_long");
        }

        return faults.Any ? null : new QrBody(token!, pins);
    }

    private static QueuedFile ToQueued(this PrintFileInfo file) =>
        new(file.Id, file.Pin, file.StoredName!, file.Options, file.Sheets, file.Owner?.Id, Guid.NewGuid());

    private sealed record QrBody(string Token, ImmutableArray<string> Pins);
}
