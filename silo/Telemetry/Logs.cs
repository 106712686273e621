using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Actors.Silo.Telemetry;

/// <summary>Structured logs on the console.</summary>
public static class Logs
{
    // below everything else, so that any file, variable or argument may say otherwise
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Actors.Api.Auth.TokenAuthenticationHandler"] = "Warning",
        // says each refusal twice: the answer has it, and our own request log
        ["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics"] = "Error",
        ["Logging:Console:FormatterName"] = LineFormatter.FormatterName,
    };

    /// <summary>Adds the console with our formats; any file, variable or argument may say otherwise.</summary>
    public static void AddLogs(this IHostApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        // the framework's slim host fixes the formatter before it reads the settings
        builder.Logging.AddConsole(console => console.FormatterName = builder.Configuration["Logging:Console:FormatterName"]).AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        MaskedFormatter.Wrap(builder.Services);
        // the framework's request log shows whole addresses, and ours hold uuids that are keys
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
    }
}
