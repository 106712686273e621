namespace Actors.Api.Problems;

internal static class HttpContextExtensions
{
    /// <summary>Answers with a problem, from outside an endpoint.</summary>
    public static async Task WriteProblemAsync(this HttpContext context, Problem problem, string? detail = null, params (string Name, object? Value)[] members)
    {
        context.Response.StatusCode = problem.Status;
        var details = problem.ToDetails(detail);
        foreach (var (name, value) in members)
        {
            details.Extensions[name] = value;
        }

        await context.RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = details });
    }
}
