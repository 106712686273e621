using System.Buffers;

namespace Actors.Silo.Storage.Files;

/// <summary>Names that lead nowhere else.</summary>
internal static class FileNames
{
    private const int MaxLength = 200;
    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static bool IsSafe(string name) =>
        name.Length is > 0 and <= MaxLength && name[0] != '.' && !name.AsSpan().ContainsAnyExcept(s_allowed);
}
