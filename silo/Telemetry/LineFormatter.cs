using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Actors.Silo.Telemetry;

/// <summary>Logs for people: one line each. <c>--Logging:Console:FormatterName json</c> is for machines.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (IsStartFailure(logEntry))
        {
            return;
        }

        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(' ');
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(" | ");
            textWriter.Write(OneLine(exception.ToString()));
        }

        textWriter.WriteLine();
    }

    /// <summary>Host and server log why they cannot start, with a stack; the program says it in one sentence.</summary>
    private static bool IsStartFailure<TState>(in LogEntry<TState> entry) => entry.Category switch
    {
        "Microsoft.Extensions.Hosting.Internal.Host" => entry.EventId.Name is "HostedServiceStartupFaulted",
        "Microsoft.AspNetCore.Server.Kestrel" => entry.LogLevel is LogLevel.Critical,
        _ => false,
    };

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
