using Actors.Api.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Api.Printing;

/// <summary>
/// Pins and QR tokens are short: who was wrong too often gets no answer at all for a while, right or wrong. A terminal
/// has a budget of its own, by its token.
/// </summary>
internal sealed class PinGuessFilter(MissGuard guard) : IEndpointFilter
{
    private const string Kind = "pins";
    private const int MaxPin = 64;

    private static readonly HashSet<string> s_misses = new(StringComparer.Ordinal)
    {
        PrintRefusals.UnknownPin.Code, PrintRefusals.FilesUnknown.Code, PrintRefusals.UnknownQr.Code,
    };

    /// <summary>Whether a text can be a pin; others are nobody's, and no key of a grain.</summary>
    public static bool IsPossible(string pin) => pin.Length is > 0 and <= MaxPin && pin.All(char.IsAsciiLetterOrDigit);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var client = guard.ClientOf(http);
        if (await guard.IsBlockedAsync(Kind, client, http.RequestAborted) is { } wait)
        {
            return http.TooManyMisses(wait);
        }

        var result = http.Request.RouteValues["pin"] is string pin && !IsPossible(pin) ? PrintRefusals.PinUnknown("") : await next(context);
        if (result is ProblemHttpResult { ProblemDetails.Extensions: { } members } && members.TryGetValue("code", out var code) && code is string text && s_misses.Contains(text))
        {
            await guard.CountAsync(Kind, client, http.RequestAborted);
        }

        return result;
    }
}
