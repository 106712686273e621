using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Actors.Api.Problems;

/// <summary>Problem details (RFC 9457) for all that goes wrong.</summary>
internal static class ProblemServices
{
    public const string RetryAfterSeconds = "2";

    public static void AddProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddValidation();
        // thrown so that the answer can say where a body is wrong
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = Status,
            // expected ones are told by their answer; the others are errors that somebody must see
            SuppressDiagnosticsCallback = context => Status(context.Exception) != StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages(async context =>
            await context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>()
                .WriteAsync(new ProblemDetailsContext { HttpContext = context.HttpContext, ProblemDetails = { Status = context.HttpContext.Response.StatusCode } }));
    }

    /// <summary>Compressed bodies are refused, so that no few bytes grow into many here. Needs the route.</summary>
    public static void UseKnownEncodings(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..] && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = "identity";
            return context.WriteProblemAsync(Refusals.UnsupportedType, "Bodies are taken as they are, without Content-Encoding.");
        }

        // the framework takes a JSON body in an unknown character set for a fault of ours
        return context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null || HasKnownCharset(context.Request)
            ? next(context)
            : context.WriteProblemAsync(Refusals.UnsupportedType, "The character set is unknown; JSON is UTF-8.");
    });

    /// <summary>The status of what was thrown; its text stays here.</summary>
    public static int Status(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when Outages.Include(exception) => StatusCodes.Status503ServiceUnavailable,
        OperationCanceledException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool HasKnownCharset(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue || type.Encoding is not null;
}
