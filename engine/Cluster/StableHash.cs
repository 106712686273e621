using System.Runtime.InteropServices;
using Orleans.Runtime;

namespace Actors.Engine.Cluster;

/// <summary>Hashes that are the same in every process and version: FNV-1a over UTF-16 code units, then the finalizer of MurmurHash3.</summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(ReadOnlySpan<char> text) => Mix(Add(Offset, text));

    public static ulong Of(GrainId grain) => Mix(Add(Add(Offset, grain.Type.ToString()) * Prime, grain.KeyText));

    public static ulong Mix(ulong value)
    {
        value ^= value >> 33;
        value *= 0xff51afd7ed558ccd;
        value ^= value >> 33;
        value *= 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var unit in MemoryMarshal.Cast<char, ushort>(text))
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }
}
