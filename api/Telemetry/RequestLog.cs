using System.Diagnostics;

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
            var level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : LogLevel.Debug;
            if (logger.IsEnabled(level))
            {
                var path = Masking.Path(context.Request.Path.Value ?? "");
                var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                Answered(logger, level, context.Request.Method, path, status, milliseconds);
            }
        });
    }

    [LoggerMessage(EventId = 1, Message = "{Method} {Path} {Status} in {Milliseconds:0.0} ms")]
    private static partial void Answered(ILogger logger, LogLevel level, string method, string path, int status, double milliseconds);
}
