using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Actors.Silo.Storage.Files;

/// <summary>Folders of files that must last.</summary>
internal static class FileFolders
{
    /// <summary>Makes a folder for its owner alone, if it is missing.</summary>
    public static string Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    /// <summary>Has a file's content on the disk.</summary>
    public static async ValueTask FlushAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        cancellationToken.ThrowIfCancellationRequested();
        file.Flush(flushToDisk: true);
    }

    /// <summary>Has the names in a folder on the disk, where the system does not by itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = OpenFolder(folder, ReadOnly);
        if (handle.IsInvalid || Sync(handle) != 0)
        {
            throw new IOException($"The folder {folder} could not be written to the disk (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    /// <summary>Deletes files written before a time. Returns how many.</summary>
    public static int DeleteOld(string folder, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < before.UtcDateTime)
            {
                file.Delete();
                count++;
            }
        }

        return count;
    }

    private const int ReadOnly = 0;

#pragma warning disable SYSLIB1054, CA2101 // generated marshalling would need unsafe code; the path is UTF-8
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(SafeFileHandle handle);
#pragma warning restore SYSLIB1054, CA2101
}
