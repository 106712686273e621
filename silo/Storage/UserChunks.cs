using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Silo.Storage;

/// <summary>The users of a message, a thousand a row.</summary>
internal static class UserChunks
{
    /// <summary>Users in a row.</summary>
    public const int Size = 1_000;

    public static IEnumerable<byte[]> Split(ImmutableArray<string> users) =>
        users.Chunk(Size).Select(chunk => JsonSerializer.SerializeToUtf8Bytes(chunk));

    public static string[] Join(ReadOnlySpan<byte> chunk) => JsonSerializer.Deserialize<string[]>(chunk) ?? [];

    /// <summary>Of the users of some chunks, the first of which is <paramref name="firstChunk"/>, those from a place on.</summary>
    public static ImmutableArray<string> Cut(IEnumerable<string> users, int firstChunk, int from, int limit) =>
        [.. users.Skip(from - firstChunk * Size).Take(limit)];
}
