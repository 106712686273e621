using Microsoft.AspNetCore.Http.Features;

namespace Actors.Api.Limits;

/// <summary>
/// How long a request's body may take in all: the server's own rule is a rate, which a body that trickles can meet for
/// hours.
/// </summary>
internal static class BodyTimes
{
    /// <summary>For a small body, or one that does not say how large it is.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    /// <summary>For the largest.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(15);

    private const int BytesPerSecond = 16 << 10;

    /// <summary>The time that a body of this length has.</summary>
    public static TimeSpan Of(long? length) =>
        length is { } bytes ? TimeSpan.FromSeconds(Math.Min(Least.TotalSeconds + (bytes / (double)BytesPerSecond), Most.TotalSeconds)) : Least;

    /// <summary>Bodies here are long even if they do not say so.</summary>
    public static TBuilder ExpectLongBodies<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new LongBodies());

    /// <summary>The route keeps to the times by itself.</summary>
    public static TBuilder TimesBodiesItself<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OwnTimes());

    /// <summary>Cuts bodies that do not end in time; the answer is 408. Needs the route.</summary>
    public static void UseBodyTimes(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var route = context.GetEndpoint()?.Metadata;
        if (route is null || route.GetMetadata<OwnTimes>() is not null || !HasBody(context))
        {
            await next(context);
            return;
        }

        var length = context.Request.ContentLength;
        var allowed = length is null && route.GetMetadata<LongBodies>() is not null ? Most : Of(length);
        using var deadline = new CancellationTokenSource(allowed, context.RequestServices.GetRequiredService<TimeProvider>());
        using var body = new TimedBody(context.Request.BodyReader, context.Response, deadline.Token);
        context.Request.Body = body;
        await next(context);
    });

    /// <summary>The stream of a websocket is no body: it lasts as long as the connection.</summary>
    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
        && context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true };

    private sealed record LongBodies;

    private sealed record OwnTimes;
}
