using System.Diagnostics;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Actors.Api.Problems;

/// <summary>
/// Writes every error of the pipeline. The framework's own writer leaves the body empty for <c>Accept: text/html</c>;
/// this one always answers, in the route's own shape where it has one.
/// </summary>
internal sealed class ProblemWriter(IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, IEnumerable<ErrorShapePath> shapes) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        Complete(http, problem);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        if (ShapeOf(http) is { } shape)
        {
            await shape.WriteAsync(http, problem);
            return;
        }

        await http.Response.WriteAsJsonAsync(problem, problem.GetType(), json.Value.SerializerOptions, MediaTypeNames.Application.ProblemJson, http.RequestAborted);
    }

    private IErrorShape? ShapeOf(HttpContext http)
    {
        // the exception handler takes the endpoint away before it writes
        var endpoint = http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint?.Metadata.GetMetadata<IErrorShape>()
            ?? shapes.FirstOrDefault(shape => http.Request.Path.StartsWithSegments(shape.Path, StringComparison.OrdinalIgnoreCase))?.Shape;
    }

    private static void Complete(HttpContext http, ProblemDetails problem)
    {
        var status = problem.Status ?? http.Response.StatusCode;
        if (problem is HttpValidationProblemDetails { Errors.Count: > 0 } validation)
        {
            validation.Errors = validation.Errors.ToDictionary(error => JsonPath(error.Key), error => error.Value, StringComparer.Ordinal);
        }

        if (!problem.Extensions.ContainsKey("code"))
        {
            (problem is HttpValidationProblemDetails ? Refusals.Invalid : Refusals.OfStatus(status)).Fill(problem);
        }

        // where, not what: the path is of the caller's own making
        if (problem.Detail is null && http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException { InnerException: JsonException { Path: { Length: > 1 and < 200 } path } })
        {
            problem.Detail = $"The body is wrong at {path}.";
        }

        if (problem.Detail is null && status is StatusCodes.Status400BadRequest)
        {
            problem.Detail = QueryFaults.Of(http);
        }

        problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        if (status is StatusCodes.Status503ServiceUnavailable && http.Response.Headers.RetryAfter.Count == 0)
        {
            http.Response.Headers.RetryAfter = ProblemServices.RetryAfterSeconds;
        }
    }

    /// <summary>Members as they stand in the body, not as our classes name them.</summary>
    private static string JsonPath(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
