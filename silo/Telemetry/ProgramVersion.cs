using System.Reflection;

namespace Actors.Silo.Telemetry;

/// <summary>What this program is.</summary>
public static class ProgramVersion
{
    /// <summary>Its version, as it was built.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
}
