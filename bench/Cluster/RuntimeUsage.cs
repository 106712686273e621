using System.Globalization;
using System.Runtime;

namespace Actors.Bench.Cluster;

/// <summary>What a .NET process has used so far, as it tells itself.</summary>
/// <param name="Processor">Seconds of processor time.</param>
/// <param name="Compiling">Of it, in the just-in-time compiler.</param>
/// <param name="Methods">How many methods that compiled.</param>
/// <param name="Collecting">Seconds for which the garbage collector stood everything still.</param>
/// <param name="Allocated">Bytes.</param>
internal sealed record RuntimeUsage(double Processor, double Compiling, long Methods, double Collecting, long Allocated)
{
    public static RuntimeUsage Now => new(
        Environment.CpuUsage.TotalTime.TotalSeconds,
        JitInfo.GetCompilationTime().TotalSeconds,
        JitInfo.GetCompiledMethodCount(),
        GC.GetTotalPauseDuration().TotalSeconds,
        GC.GetTotalAllocatedBytes());

    public static RuntimeUsage Parse(string line)
    {
        var parts = line.Split(' ');
        return new(Number(0), Number(1), (long)Number(2), Number(3), (long)Number(4));

        double Number(int at) => double.Parse(parts[at], CultureInfo.InvariantCulture);
    }

    public static RuntimeUsage operator -(RuntimeUsage left, RuntimeUsage right) => new(
        left.Processor - right.Processor,
        left.Compiling - right.Compiling,
        left.Methods - right.Methods,
        left.Collecting - right.Collecting,
        left.Allocated - right.Allocated);

    public static RuntimeUsage operator +(RuntimeUsage left, RuntimeUsage right) => new(
        left.Processor + right.Processor,
        left.Compiling + right.Compiling,
        left.Methods + right.Methods,
        left.Collecting + right.Collecting,
        left.Allocated + right.Allocated);

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Processor} {Compiling} {Methods} {Collecting} {Allocated}");

    public override string ToString() =>
        $"{Processor:0.00} s of processor, of it {Compiling:0.00} s compiling {Methods:N0} methods; {Collecting * 1000:0} ms stopped by the collector, {Allocated / 1e6:0} MB allocated";
}
