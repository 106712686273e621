using System.Collections.Concurrent;

namespace Actors.Api.Printing.Pdf;

/// <summary>A few processes that open what was uploaded. One that a file kills or keeps is replaced; the file is then no PDF.</summary>
internal sealed partial class PdfCheckers(TimeProvider time, ILogger<PdfCheckers> log) : IDisposable
{
    private const int Most = 2;
    private static readonly TimeSpan TimePerFile = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(Most);
    private readonly ConcurrentStack<PdfChecker> _idle = new();
    private readonly ILogger<PdfCheckers> _log = log;

    /// <summary>How many pages a file has, or null when it is no PDF that can be printed.</summary>
    public async Task<int?> CountPagesAsync(string path, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        PdfChecker? checker = null;
        try
        {
            var isNew = !_idle.TryPop(out checker);
            checker ??= PdfChecker.Start();
            // a process that has just started needs a moment for itself
            using var limit = new CancellationTokenSource(isNew ? 2 * TimePerFile : TimePerFile, time);
            var pages = await checker.CountPagesAsync(path, limit.Token);
            _idle.Push(checker);
            checker = null;
            return pages;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            LogGivenUp(failure.GetType().Name);
            return null;
        }
        finally
        {
            checker?.Dispose();
            _places.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var checker))
        {
            checker.Dispose();
        }

        _places.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A file could not be checked ({Reason}); it is refused, and the process that checked it was ended.")]
    private partial void LogGivenUp(string reason);
}
