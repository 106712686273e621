using System.Diagnostics;
using System.Globalization;

namespace Actors.Bench.Support;

/// <summary>What a process has used so far.</summary>
/// <param name="Processor">Of the processors.</param>
/// <param name="Written">Bytes handed to the disk, where the system tells (Linux).</param>
public sealed record ProcessUsage(TimeSpan Processor, long Written)
{
    public static ProcessUsage Of(int id)
    {
        using var process = Process.GetProcessById(id);
        return new(process.TotalProcessorTime, WrittenBy(id));
    }

    /// <summary>What was used after an earlier reading.</summary>
    public ProcessUsage Since(ProcessUsage earlier) => new(Processor - earlier.Processor, Written - earlier.Written);

    private static long WrittenBy(int id)
    {
        var file = $"/proc/{id}/io";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("write_bytes:", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.AsSpan(line.IndexOf(':') + 1), CultureInfo.InvariantCulture);
    }
}
