using System.Runtime;
using System.Runtime.InteropServices;

namespace Actors.Bench.Support;

/// <summary>What the figures were measured on.</summary>
public static class Machine
{
    public static string Describe() =>
        $"# {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}, "
        + $".NET {Environment.Version}, {(GCSettings.IsServerGC ? "server" : "workstation")} garbage collection";
}
