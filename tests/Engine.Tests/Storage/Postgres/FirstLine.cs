using Microsoft.Extensions.Logging;

namespace Actors.Engine.Tests.Storage.Postgres;

/// <summary>A log of which one line is awaited.</summary>
internal sealed class FirstLine : ILogger
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Written => _written.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _written.TrySetResult();
}
