using System.Text;

namespace Actors.Silo.Storage.Memory;

/// <summary>The order that databases compare bytes in; that of UTF-16 differs beyond the basic plane.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y) =>
        Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
