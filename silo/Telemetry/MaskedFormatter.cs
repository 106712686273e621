using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Actors.Silo.Telemetry;

/// <summary>Any of the console's formats, with uuids cut short wherever they stand: in messages, values, scopes or exceptions.</summary>
internal sealed class MaskedFormatter(ConsoleFormatter inner) : ConsoleFormatter(inner.Name)
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var whole = new StringWriter();
        inner.Write(logEntry, scopeProvider, whole);
        textWriter.Write(Masking.Uuids(whole.ToString()));
    }

    /// <summary>Puts one around each format that is registered.</summary>
    public static void Wrap(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { ServiceType: var type, ImplementationType: { } format } && type == typeof(ConsoleFormatter))
            {
                services[i] = ServiceDescriptor.Singleton<ConsoleFormatter>(provider => new MaskedFormatter((ConsoleFormatter)ActivatorUtilities.CreateInstance(provider, format)));
            }
        }
    }
}
