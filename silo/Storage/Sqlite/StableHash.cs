namespace Actors.Silo.Storage.Sqlite;

/// <summary>FNV-1a over the characters of a key. It is stored: never change it.</summary>
internal static class StableHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static long Of(StateKey key)
    {
        var hash = Add(Basis, key.Name);
        hash = (hash ^ '/') * Prime;
        return (long)Add(hash, key.Key);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }
}
