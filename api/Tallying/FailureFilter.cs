using Actors.Api.Problems;
using Orleans.Runtime;

namespace Actors.Api.Tallying;

/// <summary>Outages of storage or grains are told as 503: the client keeps what it has and asks again.</summary>
internal sealed partial class FailureFilter(ILogger<FailureFilter> log) : IEndpointFilter
{
    private readonly ILogger<FailureFilter> _log = log;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception failure) when (IsOutage(failure))
        {
            LogOutage(failure, context.HttpContext.GetEndpoint()?.DisplayName);
            return Refusals.Unavailable.ToResult();
        }
    }

    /// <summary>What says nothing of the request: it may be sent again.</summary>
    public static bool IsOutage(Exception failure) =>
        failure is (IOException and not BadHttpRequestException) or TimeoutException or OrleansException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} could not be served.")]
    private partial void LogOutage(Exception failure, string? endpoint);
}
