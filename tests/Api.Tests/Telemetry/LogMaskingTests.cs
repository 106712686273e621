using Actors.Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Actors.Api.Tests.Telemetry;

public sealed class LogMaskingTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    [Theory]
    [InlineData("line")]
    [InlineData("json")]
    [InlineData("simple")]
    [InlineData("systemd")]
    public void Write_InAnyFormat_HasNoWholeUuid(string format)
    {
        var reader = Guid.NewGuid();
        var formatter = api.Services.GetServices<ConsoleFormatter>().Single(one => one.Name == format);
        KeyValuePair<string, object?>[] values = [new("Grain", $"reader:{reader:N}"), new("Reader", reader)];
        var entry = new LogEntry<KeyValuePair<string, object?>[]>(
            LogLevel.Warning, "Actors.Engine", default, values, new InvalidOperationException($"at {reader}"), (_, _) => $"reader:{reader:N} could not be reached");
        using var line = new StringWriter();

        formatter.Write(in entry, scopeProvider: null, line);

        Assert.Contains($"reader:{reader:N}"[..15] + "…", line.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{reader:N}", line.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain($"{reader:D}", line.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
