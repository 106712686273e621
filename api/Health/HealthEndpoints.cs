namespace Actors.Api.Health;

/// <summary>/healthz: the process lives. /readyz: it can do its work.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.Ok(new Liveness("ok"));
        }).WithTags("Health").WithName("health").WithSummary("Always ok while the process lives.").Produces<Liveness>();
        app.MapGet("/readyz", ReadyAsync).WithTags("Health").WithName("ready").WithSummary("Whether storage takes writes and the engine serves.")
            .Produces<Readiness>().Produces<Readiness>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(IEnumerable<IReadinessCheck> checks, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var results = new List<ReadinessResult>();
        foreach (var check in checks)
        {
            var reason = await check.ProblemAsync(cancellationToken);
            results.Add(new ReadinessResult(check.Name, reason is null, reason));
        }

        var ready = results.TrueForAll(result => result.Ok);
        if (!ready)
        {
            http.Response.Headers.RetryAfter = Problems.ProblemServices.RetryAfterSeconds;
        }

        return Results.Json(new Readiness(ready ? "ready" : "unready", results), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>Whether the process lives.</summary>
internal sealed record Liveness(string Status);

/// <summary>Whether the process can do its work.</summary>
internal sealed record Readiness(string Status, IReadOnlyList<ReadinessResult> Checks);

/// <summary>One of the things it needs.</summary>
internal sealed record ReadinessResult(string Name, bool Ok, string? Reason);
