using Actors.Silo.Settings;
using Actors.Silo.Telemetry;

namespace Actors.Silo.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class SiloHelp
{
    public static string Text => $"""
        Actors {ProgramVersion.Text}: a silo of a cluster, which holds grains for the servers (api).

          silo                 runs a silo; it needs ConnectionStrings:Actors
          silo status          the silos of the cluster: state, lease, what they hold
          silo help | --version

        Any setting may come as an argument (--Cluster:Endpoint 10.0.0.7:11111), from the environment
        (Cluster__Endpoint=10.0.0.7:11111) or from appsettings.json:

          {string.Join("\n  ", SiloSettings.Catalog.Names.Order(StringComparer.Ordinal))}
        """;
}
