
namespace Actors.Silo.Settings;

/// <summary>Where this machine keeps what must last.</summary>
public sealed class DataOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "Data";

    /// <summary>Folder of the embedded database, uploaded files and keys. Default: ./data.</summary>
    public string Path { get; set; } = "./data";

    /// <summary>The folder, absolute.</summary>
    public string FullPath => System.IO.Path.GetFullPath(Path);

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Path.Contains('\0', StringComparison.Ordinal))
        {
            yield return "Data:Path is not a path.";
        }
    }
}
