using System.Diagnostics;
using System.Globalization;

namespace Actors.Api.Printing.Pdf;

/// <summary>A process that checks one file after the other, with a limit of memory and of time for each.</summary>
internal sealed class PdfChecker : IDisposable
{
    private const string HeapLimit = "0x10000000";
    private readonly Process _process;

    private PdfChecker(Process process) => _process = process;

    public static PdfChecker Start()
    {
        // the program itself: as a host of its own, or by the host that runs it
        var program = Path.Combine(AppContext.BaseDirectory, "Actors.Api.dll");
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" or null ? Environment.ProcessPath ?? "dotnet" : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
            // no setting and no secret of this process is the checker's
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["DOTNET_gcConcurrent"] = "0", ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var name in start.Environment.Keys.Where(IsSecret).ToList())
        {
            start.Environment.Remove(name);
        }

        if (File.Exists(program))
        {
            start.ArgumentList.Add(program);
        }
        else
        {
            start.FileName = Environment.ProcessPath!;
        }

        start.ArgumentList.Add(PdfWorker.Command);
        return new PdfChecker(Process.Start(start) ?? throw new InvalidOperationException("The process that checks PDF files did not start."));
    }

    /// <summary>How many pages it has, or null when it is no PDF that can be printed.</summary>
    /// <exception cref="OperationCanceledException">It took too long; the process is of no more use.</exception>
    /// <exception cref="IOException">The process ended over it.</exception>
    public async Task<int?> CountPagesAsync(string path, CancellationToken limit)
    {
        await _process.StandardInput.WriteLineAsync(path.AsMemory(), limit);
        await _process.StandardInput.FlushAsync(limit);
        var answer = await _process.StandardOutput.ReadLineAsync(limit) ?? throw new EndOfStreamException("The process that checks PDF files ended.");
        return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var pages) ? pages : null;
    }

    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has ended
        }

        _process.Dispose();
    }

    private static bool IsSecret(string name) =>
        name.Contains("__", StringComparison.Ordinal) || name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase) || name.Contains("SECRET", StringComparison.OrdinalIgnoreCase);
}
