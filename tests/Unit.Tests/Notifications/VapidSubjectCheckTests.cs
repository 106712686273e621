using Actors.Silo.Notifications;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Unit.Tests.Notifications;

public sealed class VapidSubjectCheckTests
{
    [Theory]
    [InlineData("mailto:it@example.org")]
    [InlineData(null, "Push:Subject is not set")]
    [InlineData("mailto:it@localhost", "Push:Subject is mailto:it@localhost")]
    public async Task Start_WarnsOfASubjectThatNobodyReaches(string? subject, params string[] expected)
    {
        var log = new Lines();

        await new VapidSubjectCheck(Options.Create(new PushSettings { Subject = subject }), log).StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected.Length, log.Warnings.Count);
        Assert.All(expected.Zip(log.Warnings), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    private sealed class Lines : ILogger<VapidSubjectCheck>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Warnings.Add(formatter(state, exception));
    }
}
