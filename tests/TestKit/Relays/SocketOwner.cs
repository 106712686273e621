using System.Globalization;

namespace Actors.TestKit.Relays;

/// <summary>Which process of this machine has one end of a connection, from /proc.</summary>
internal static class SocketOwner
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int InodeColumn = 9;

    /// <summary>Whether a process has the end of a connection that is at one port and leads to another.</summary>
    public static bool IsOf(int processId, int port, int remotePort) =>
        Inode(port, remotePort) is { } inode && Sockets(processId).Contains($"socket:[{inode}]", StringComparer.Ordinal);

    private static string? Inode(int port, int remotePort)
    {
        var (local, remote) = ($":{port:X4}", $":{remotePort:X4}");
        return new[] { "/proc/net/tcp6", "/proc/net/tcp" }.Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(columns => columns[LocalColumn].EndsWith(local, StringComparison.Ordinal) && columns[RemoteColumn].EndsWith(remote, StringComparison.Ordinal))
            ?[InodeColumn];
    }

    private static IEnumerable<string?> Sockets(int processId)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd")).Select(file => new FileInfo(file).LinkTarget)];
        }
        catch (IOException)
        {
            // The process has ended.
            return [];
        }
    }
}
