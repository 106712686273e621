using System.Globalization;
using System.Text;
using Actors.Silo.Hosting.Statistics;

namespace Actors.Silo.Cli;

/// <summary><c>silo status</c>: the silos of the cluster, their leases, what they hold and how much they do.</summary>
internal static class StatusCommand
{
    public static string Text(ClusterOverview overview)
    {
        var text = new StringBuilder();
        var active = overview.Silos.Count(silo => silo.State is "active");
        text.Append(CultureInfo.InvariantCulture, $"cluster {overview.Cluster}, view {overview.View}: {active} active silos\n");
        foreach (var silo in overview.Silos)
        {
            var heard = silo.LeaseLeft is { } left
                ? string.Create(CultureInfo.InvariantCulture, $"renewed {silo.LeaseAge:0.0} s ago, lease {left:0.0} s")
                : string.Create(CultureInfo.InvariantCulture, $"heard {silo.LeaseAge:0.0} s ago");
            text.Append(CultureInfo.InvariantCulture, $"\n{silo.Id}  epoch {silo.Epoch}  {silo.State}  {heard}{(silo.Doubt is { } doubt ? $"  {doubt}" : "")}\n");
            if (silo.Statistics is not { } statistics)
            {
                text.Append("  has not told anything yet\n");
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"  version {statistics.Version}, up since {statistics.StartedAt:yyyy-MM-dd HH:mm:ss}Z, {statistics.MemoryBytes / 1048576.0:0} MiB, told {silo.StatisticsAge:0.0} s ago\n");
            text.Append(CultureInfo.InvariantCulture, $"  {"grains",-24}{"activations",12}{"calls/s",12}\n");
            foreach (var grain in statistics.Grains)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {grain.Type,-24}{grain.Activations,12}{grain.CallsPerSecond,12:0.0}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  {"all",-24}{statistics.Grains.Sum(grain => grain.Activations),12}{statistics.Grains.Sum(grain => grain.CallsPerSecond),12:0.0}\n");
        }

        return text.ToString();
    }
}
