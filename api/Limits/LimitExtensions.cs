using System.Globalization;
using Actors.Api.Problems;
using Actors.Silo.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Api.Limits;

/// <summary>Limits on guessing.</summary>
internal static class LimitExtensions
{
    public static void AddMissLimits(this IServiceCollection services)
    {
        if (services.Find<ConnectionStringsOptions>().Actors is null)
        {
            services.AddSingleton<IMissCounter, MemoryMissCounter>();
        }
        else
        {
            services.AddSingleton<IMissCounter, ClusterMissCounter>();
        }

        services.AddSingleton<MissGuard>();
    }

    /// <summary>
    /// Answers that tell this problem are wrong guesses: they are counted by address, and after too many the caller
    /// hears only that. What exists is always answered, for all the phones at a door share one address.
    /// </summary>
    public static TBuilder LimitMisses<TBuilder>(this TBuilder builder, string kind, Problem miss)
        where TBuilder : IEndpointConventionBuilder => builder.ProducesProblem(StatusCodes.Status429TooManyRequests).AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            return IsMiss(result, miss) && await context.HttpContext.CountMissAsync(kind) is { } wait ? context.HttpContext.TooManyMisses(wait) : result;
        });

    /// <summary>A wrong guess: how long the caller has to wait when it was one too many, else it is counted.</summary>
    public static async ValueTask<TimeSpan?> CountMissAsync(this HttpContext context, string kind)
    {
        var guard = context.RequestServices.GetRequiredService<MissGuard>();
        var client = guard.ClientOf(context);
        if (await guard.IsBlockedAsync(kind, client, context.RequestAborted) is { } wait)
        {
            return wait;
        }

        await guard.CountAsync(kind, client, context.RequestAborted);
        return null;
    }

    /// <summary>The answer to one guess too many.</summary>
    public static IResult TooManyMisses(this HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Refusals.TooManyMisses.ToResult();
    }

    private static bool IsMiss(object? result, Problem miss) =>
        result is ProblemHttpResult problem && problem.ProblemDetails.Extensions.TryGetValue("code", out var code) && code is string text && text == miss.Code;
}
