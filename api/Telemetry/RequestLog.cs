using System.Diagnostics;
using Actors.Silo.Telemetry;

namespace Actors.Api.Telemetry;

/// <summary>One line per request: Debug, and Warning when the server failed.</summary>
internal static partial class RequestLog
{
    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Actors.Requests");
        app.Use(async (context, next) =>
        {
            var started = Stopwatch.GetTimestamp();
            await next(context);
            var status = context.Response.StatusCode;
            Describe(Activity.Current, context, status);
            var level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : LogLevel.Debug;
            if (logger.IsEnabled(level))
            {
                var path = Masking.Uuids(context.Request.Path.Value ?? "");
                var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                Answered(logger, level, context.Request.Method, path, status, milliseconds);
            }
        });
    }

    /// <summary>The framework leaves its span bare; these are the names of OpenTelemetry's conventions.</summary>
    private static void Describe(Activity? span, HttpContext context, int status)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method);
        span.SetTag("url.path", Masking.Uuids(context.Request.Path.Value ?? ""));
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    [LoggerMessage(EventId = 1, Message = "{Method} {Path} {Status} in {Milliseconds:0.0} ms")]
    private static partial void Answered(ILogger logger, LogLevel level, string method, string path, int status, double milliseconds);
}
