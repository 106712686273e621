namespace Actors.TestKit.Postgres;

/// <summary>Where the server's programs are.</summary>
internal static class PostgresPrograms
{
    /// <summary>On the path, or where Debian's package puts them, the newest first.</summary>
    public static string Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
                : []);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is missing: install Debian's package postgresql.");
    }
}
