namespace Actors.Silo.Storage;

/// <summary>Another process serves from this data folder.</summary>
public sealed class DataFolderInUseException : IOException
{
    internal DataFolderInUseException(string path, int? processId, Exception inner)
        : base(processId is { } pid
            ? $"The data folder {path} is in use by process {pid}. One process at a time can serve from it."
            : $"The data folder {path} is in use by another process. One process at a time can serve from it.", inner)
    {
        DataPath = path;
        ProcessId = processId;
    }

    /// <summary>The folder.</summary>
    public string DataPath { get; }

    /// <summary>The process that holds it, when it told.</summary>
    public int? ProcessId { get; }
}
