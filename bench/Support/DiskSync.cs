using System.Diagnostics;

namespace Actors.Bench.Support;

/// <summary>How often the disk confirms a write: no server that waits for it can be faster.</summary>
public static class DiskSync
{
    private const int FileBytes = 32 << 20;
    private static readonly int[] Sizes = [4 << 10, 64 << 10, 256 << 10];
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>Overwrites a file in this folder, piece by piece, each confirmed by the disk.</summary>
    public static void Print(string folder)
    {
        var path = Path.Combine(folder, "sync.tmp");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var bytes = new byte[Sizes[^1]];
        Random.Shared.NextBytes(bytes);
        for (var at = 0; at < FileBytes; at += bytes.Length)
        {
            file.Write(bytes);
        }

        file.Flush(flushToDisk: true);
        foreach (var size in Sizes)
        {
            var count = 0;
            var started = Stopwatch.GetTimestamp();
            for (; Stopwatch.GetElapsedTime(started) < Window; count++)
            {
                file.Position = (long)count * size % (FileBytes - size);
                file.Write(bytes, 0, size);
                file.Flush(flushToDisk: true);
            }

            var rate = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine($"{$"baseline: the disk confirms writes of {size >> 10} KiB",-50} {rate,9:0} a second, {rate * size / 1_000_000:0} MB/s");
        }
    }
}
