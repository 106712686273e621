namespace Actors.Silo.Storage.Postgres;

/// <summary>A write whose answer was lost and could not be asked for again: it may be stored. Whoever owns the grain now can repeat a call that carries an id.</summary>
public sealed class WriteUnknownException : IOException
{
    internal WriteUnknownException(Exception inner)
        : base("Whether this was written is unknown: its answer was lost, and the database did not tell it again.", inner)
    {
    }
}
