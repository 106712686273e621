using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Actors.Api.Auth;
using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>
/// How a kiosk comes by its token without anybody typing one there: it shows a code, the staff confirm that code, and the
/// kiosk, which alone knows the secret that belongs to it, is given the token.
/// </summary>
internal static class PairingEndpoints
{
    private const string Misses = "pairing";
    private const int MaxDraws = 8;
    private const int CodeLength = 8;
    private const int SecretBytes = 32;
    private const int MaxId = 64;

    /// <summary>Without letters that are read as digits.</summary>
    private const string CodeSymbols = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static void MapPairings(this IEndpointRouteBuilder app)
    {
        var pairings = app.MapGroup("/api/print/pairings").AddEndpointFilter<FailureFilter>().WithTags("Printing");
        pairings.MapPost("", OpenAsync).WithName("openPairing").WithSummary("A code for a kiosk to show, and the secret by which it asks what became of it.")
            .Produces<OpenedPairing>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status429TooManyRequests);
        pairings.MapGet("{id}", ClaimAsync).WithName("claimPairing").WithSummary("Whether the staff confirmed the code; then the terminal's token, once.")
            .Produces<PairingBody>().ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/api/print/terminals/pair", ConfirmAsync).AddEndpointFilter<FailureFilter>().RequireScope(Scopes.PrintTerminalService).WithTags("Printing")
            .WithName("confirmPairing").WithSummary("Makes the kiosk that shows this code a terminal.")
            .Produces<ConfirmedPairing>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesValidationProblem();
    }

    private static async Task<IResult> OpenAsync(HttpContext http, IGrainFactory grains, TimeProvider time, IOptions<PrintingOptions> options)
    {
        // each code is a grain for a while: who asks for many is refused
        if (await http.CountMissAsync(Misses) is { } wait)
        {
            return http.TooManyMisses(wait);
        }

        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var until = time.GetUtcNow() + options.Value.PairingTime;
        http.Response.Headers.CacheControl = "no-store";
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var code = Symbols.Draw(CodeSymbols, CodeLength);
            if (await grains.GetPairingGrain(new PairingKey(code)).OpenAsync(Hash(secret), until))
            {
                return Results.Created($"/api/print/pairings/{code}{secret}", new OpenedPairing(code + secret, $"{code[..4]}-{code[4..]}", until));
            }
        }

        return Refusals.Unavailable.ToResult();
    }

    private static async Task<IResult> ClaimAsync(HttpContext http, IGrainFactory grains, TokenService tokens, string id)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (id.Length is <= CodeLength or > MaxId || !IsCode(id[..CodeLength]))
        {
            return PrintRefusals.UnknownPairing.ToResult();
        }

        var state = await grains.GetPairingGrain(new PairingKey(id[..CodeLength])).ClaimAsync(Hash(id[CodeLength..]));
        if (!state.IsKnown)
        {
            return PrintRefusals.UnknownPairing.ToResult("This code is not good any more: ask for a new one.");
        }

        if (state.Name is null)
        {
            return Results.Ok(new PairingBody("waiting", Token: null, Terminal: null, Name: null));
        }

        var (token, secret) = await tokens.CreateAsync(state.Name, [Scopes.PrintQrTaskGet], CancellationToken.None);
        return Results.Ok(new PairingBody("confirmed", secret, token.Id, token.Name));
    }

    private static async Task<IResult> ConfirmAsync(ConfirmPairing body, IGrainFactory grains)
    {
        if (!TokenService.IsName(body.Name))
        {
            return TerminalEndpoints.BadName();
        }

        var code = string.Concat(body.Code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return IsCode(code) && await grains.GetPairingGrain(new PairingKey(code)).ConfirmAsync(body.Name)
            ? Results.Accepted(value: new ConfirmedPairing(body.Name))
            : PrintRefusals.UnknownPairing.ToResult("Compare it with the kiosk's screen; a code is good for a few minutes.");
    }

    private static bool IsCode(string text) => text.Length == CodeLength && text.All(symbol => CodeSymbols.Contains(symbol, StringComparison.Ordinal));

    private static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>A code for a kiosk.</summary>
/// <param name="Id">The kiosk's secret.</param>
/// <param name="Code">What it shows.</param>
/// <param name="ExpiresAt">When it asks for another one.</param>
public sealed record OpenedPairing(string Id, string Code, DateTimeOffset ExpiresAt);

/// <summary>What became of a code.</summary>
/// <param name="State">waiting or confirmed.</param>
/// <param name="Token">The terminal's token, shown this once; null while it waits.</param>
/// <param name="Terminal">Its public id.</param>
/// <param name="Name">What the staff call it.</param>
public sealed record PairingBody(string State, string? Token, string? Terminal, string? Name);

/// <summary>A kiosk to make a terminal.</summary>
/// <param name="Code">The code on its screen.</param>
/// <param name="Name">What the staff call it.</param>
public sealed record ConfirmPairing(
    [property: Required, StringLength(50, MinimumLength = 1)] string Code,
    [property: Required, StringLength(TokenService.MaxNameLength, MinimumLength = 1)] string Name);

/// <summary>A kiosk that was confirmed; it takes its token by itself.</summary>
/// <param name="Name">What the staff call it.</param>
public sealed record ConfirmedPairing(string Name);
