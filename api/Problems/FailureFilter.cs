namespace Actors.Api.Problems;

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
        catch (Exception failure) when (Outages.Include(failure))
        {
            LogOutage(failure, context.HttpContext.GetEndpoint()?.DisplayName);
            return Refusals.Unavailable.ToResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} could not be served.")]
    private partial void LogOutage(Exception failure, string? endpoint);
}
