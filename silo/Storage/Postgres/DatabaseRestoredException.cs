namespace Actors.Silo.Storage.Postgres;

/// <summary>The database is not the one that this process wrote to, or an older copy of it. The process must end: what it remembers is not stored there.</summary>
public sealed class DatabaseRestoredException : IOException
{
    internal DatabaseRestoredException(string what, Exception? inner = null)
        : base($"The database was replaced behind this process: {what}. Stop every silo and api process of this cluster before a backup is restored, then start them again.", inner)
    {
    }
}
