using System.Collections.Immutable;
using System.Text.Json;
using Actors.Api.Docs;
using Actors.Api.Limits;
using Actors.Api.Printing.Wire;
using Actors.Printing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Printing at the terminal whose QR code was scanned.</summary>
internal static class QrEndpoints
{
    private const int MaxBodyBytes = 16 << 10;
    private const int MaxFiles = 10;

    /// <summary>A code that has left the screen is the commonest miss of those who mean well: it does not count as a guess of a pin.</summary>
    private const string Misses = "qr-token";

    public static void MapQr(this IEndpointRouteBuilder print)
    {
        print.MapPost("/qr", PrintAsync)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithExample(PrintExamples.Print, PrintExamples.Done).WithSummary("Prints files at the terminal that shows this QR token.");
        print.MapGet("/qr", Terminals.TerminalSocketEndpoint.RunAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> PrintAsync(HttpContext http, IGrainFactory grains, PrintDesk desk, PinGuard guard, MissGuard misses, IOptions<PrintingOptions> options)
    {
        var (body, refusal) = await PrintBodies.ReadAsync<QrBody>(http, MaxBodyBytes, Read);
        if (body is null)
        {
            return refusal!;
        }

        var token = TokenOf(body.Token, options.Value);
        var client = misses.ClientOf(http);
        if (await misses.IsBlockedAsync(Misses, client, http.RequestAborted) is { } tokenWait)
        {
            return http.TooManyMisses(tokenWait);
        }

        if (token is null || await grains.GetQrTokenGrain(new QrTokenKey(token)).FindAsync() is not { } terminal)
        {
            await misses.CountAsync(Misses, client, http.RequestAborted);
            return PrintRefusals.UnknownQr.ToResult();
        }

        var answer = await guard.AnswerAsync(
            guard.GuesserOf(http), () => desk.PrintAsync(terminal, token, body.Pins, http.RequestAborted), static answer => PinGuard.IsMiss(answer.Refusal), http.RequestAborted);
        return answer switch
        {
            { Wait: { } wait } => http.TooManyMisses(wait),
            { Value: { Job: not null } } => FileEndpoints.Done(),
            _ => answer.Value!.ToResult(),
        };
    }

    /// <summary>The symbols, with the prefix of the settings or without it; null for what is none.</summary>
    private static string? TokenOf(string text, PrintingOptions options)
    {
        var prefix = options.QrTokenPrefix;
        var token = prefix.Length > 0 && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        return token.Length == options.QrTokenLength && token.All(char.IsAsciiLetterOrDigit) ? token : null;
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

    private sealed record QrBody(string Token, ImmutableArray<string> Pins);
}
