using Actors.Api.Problems;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Hubs;

/// <summary>
/// Refusals are answers and not logged; outages are told by their code; what is neither is a bug and logged as one.
/// The framework's own log of failed calls, which knows no difference, is off.
/// </summary>
internal sealed partial class HubFailures(ILogger<HubFailures> log) : IHubFilter
{
    private readonly ILogger<HubFailures> _log = log;

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception failure) when (Outages.Include(failure))
        {
            LogOutage(failure, invocationContext.HubMethodName);
            throw HubRefusals.Refuse(Refusals.Unavailable);
        }
        catch (Exception failure) when (failure is not (HubException or OperationCanceledException))
        {
            LogBug(failure, invocationContext.HubMethodName);
            throw HubRefusals.Refuse(Refusals.Internal);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} could not be served.")]
    private partial void LogOutage(Exception failure, string method);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed.")]
    private partial void LogBug(Exception failure, string method);
}
