using System.Globalization;

namespace Actors.Silo.Storage.Sqlite;

/// <summary>The data folder, readable by its owner alone, and the lock by which one process at a time serves from it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream? _lock;
    private readonly string _pidFile;

    private DataFolder(string path, FileStream? held, string pidFile)
    {
        DatabaseFile = Path.Combine(path, "actors.db");
        _lock = held;
        _pidFile = pidFile;
    }

    public string DatabaseFile { get; }

    /// <exception cref="DataFolderInUseException">Another process holds the lock.</exception>
    public static DataFolder Open(string path, bool exclusive)
    {
        path = Path.GetFullPath(path);
        CreateFolder(path);
        var pidFile = Path.Combine(path, "actors.pid");
        var folder = new DataFolder(path, exclusive ? Lock(path, pidFile) : null, pidFile);
        // SQLite gives its -wal and -shm files the rights of the database file.
        CreateFile(folder.DatabaseFile, FileShare.ReadWrite).Dispose();
        if (exclusive)
        {
            WritePid(pidFile);
        }

        return folder;
    }

    public void Dispose()
    {
        if (_lock is not null)
        {
            File.Delete(_pidFile);
            _lock.Dispose();
        }
    }

    private static FileStream Lock(string path, string pidFile)
    {
        try
        {
            // The system lets go of it when the process ends, however it ends.
            return CreateFile(Path.Combine(path, "actors.lock"), FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new DataFolderInUseException(path, ReadPid(pidFile), e);
        }
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStream CreateFile(string file, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }

    // Beside the lock, because a locked file cannot be read by the process that is refused.
    private static void WritePid(string pidFile)
    {
        using var file = CreateFile(pidFile, FileShare.ReadWrite);
        file.SetLength(0);
        using var writer = new StreamWriter(file);
        writer.Write(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    private static int? ReadPid(string pidFile) =>
        File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out var pid) ? pid : null;
}
