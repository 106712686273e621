namespace Actors.Silo.Storage.Sqlite;

/// <summary>The text of a statement, written once; each connection prepares it at its first use and keeps it.</summary>
internal sealed class Sql
{
    private static int s_count;

    public Sql(string text)
    {
        Text = text;
        Index = Interlocked.Increment(ref s_count) - 1;
    }

    public string Text { get; }

    /// <summary>Where connections keep it: an array access is cheaper than hashing the text.</summary>
    public int Index { get; }
}
