using Actors.Api.Limits;
using Actors.Printing;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Routes with a pin in their path: who guesses is judged before anything is done.</summary>
internal sealed class PinGuessFilter(PinGuard guard, IGrainFactory grains) : IEndpointFilter
{
    private const string Pin = "pin";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var pin = (string)http.Request.RouteValues[Pin]!;
        var answer = await guard.AnswerAsync(guard.GuesserOf(http), () => IsThereAsync(pin), static isThere => !isThere, http.RequestAborted);
        return answer switch
        {
            { Wait: { } wait } => http.TooManyMisses(wait),
            { Value: true } => await next(context),
            // of a look-up the words are those of several files
            _ => HttpMethods.IsGet(http.Request.Method) ? PrintRefusals.FilesMissing(1) : PrintRefusals.PinUnknown(PinGuard.IsPossible(pin) ? pin : ""),
        };
    }

    private async Task<bool> IsThereAsync(string pin) =>
        PinGuard.IsPossible(pin) && await grains.GetPrintFileGrain(PrintFileKey.Of(pin)).GetAsync() is not null;
}
