using Actors.Api.Problems;

namespace Actors.Api.Limits;

/// <summary>Limits on guessing, for routes that mark themselves.</summary>
internal static class LimitExtensions
{
    private static readonly object MissMark = new();

    public static void AddMissLimits(this IServiceCollection services)
    {
        services.AddSingleton<IMissCounter, MemoryMissCounter>();
        services.AddSingleton<MissGuard>();
    }

    /// <summary>Something can be guessed here: answers 404, and those that <see cref="CountAsMiss"/> marks, are counted under this kind.</summary>
    public static TBuilder LimitMisses<TBuilder>(this TBuilder builder, string kind)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new MissLimit(kind));

    /// <summary>The guess of this request was wrong, whatever the status of its answer.</summary>
    public static void CountAsMiss(this HttpContext context) => context.Items[MissMark] = true;

    public static void UseMissLimits(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<MissLimit>() is not { } limit)
        {
            await next(context);
            return;
        }

        var guard = context.RequestServices.GetRequiredService<MissGuard>();
        if (await guard.IsBlockedAsync(limit.Kind, context) is { } wait)
        {
            await context.RefuseTooManyMissesAsync(wait);
            return;
        }

        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status404NotFound || context.Items.ContainsKey(MissMark))
        {
            await guard.CountAsync(limit.Kind, context);
        }
    });

    public static Task RefuseTooManyMissesAsync(this HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return context.WriteProblemAsync(Refusals.TooManyMisses);
    }

    private sealed record MissLimit(string Kind);
}
