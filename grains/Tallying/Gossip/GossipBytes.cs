using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>
/// Version vectors as bytes: a thousand readers have to fit into a small message. Numbers are LEB128, ranges are told as
/// distances. The first byte is the format; who does not know it behaves as if nothing had been said.
/// </summary>
internal static class GossipBytes
{
    private const byte Format = 1;
    private const int GuidSize = 16;

    /// <summary>What a version vector says about some buckets.</summary>
    public static ImmutableArray<byte> Write(KnownPage page)
    {
        var bytes = new List<byte>(16 + page.Entries.Count * 24) { Format };
        Write(bytes, page.Buckets);
        bytes.Add(page.More ? (byte)1 : (byte)0);
        Write(bytes, page.Entries);
        return [.. bytes];
    }

    /// <summary>Reads it back; null when there is nothing, or nothing that makes sense.</summary>
    public static KnownPage? ReadPage(ReadOnlySpan<byte> bytes)
    {
        if (!Begin(ref bytes) || !TryRead(ref bytes, out var buckets) || bytes.IsEmpty)
        {
            return null;
        }

        var more = bytes[0] == 1;
        bytes = bytes[1..];
        return Read(bytes) is { } entries ? new KnownPage(buckets, more, entries) : null;
    }

    /// <summary>Sequences that are asked for.</summary>
    public static ImmutableArray<byte> Write(IReadOnlyList<KnownSequences> wanted)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var bytes = new List<byte>(4 + wanted.Count * 24) { Format };
        Write(bytes, wanted);
        return [.. bytes];
    }

    /// <summary>Reads them back; empty when there are none, or none that make sense.</summary>
    public static IReadOnlyList<KnownSequences> ReadWanted(ReadOnlySpan<byte> bytes) =>
        Begin(ref bytes) ? Read(bytes) ?? [] : [];

    private static bool Begin(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != Format)
        {
            return false;
        }

        bytes = bytes[1..];
        return true;
    }

    private static void Write(List<byte> bytes, IReadOnlyList<KnownSequences> entries)
    {
        Write(bytes, (ulong)entries.Count);
        Span<byte> id = stackalloc byte[GuidSize];
        foreach (var entry in entries)
        {
            entry.Origin.TryWriteBytes(id);
            bytes.AddRange(id);
            Write(bytes, (ulong)entry.Floor);
            Write(bytes, entry.UpTo == long.MaxValue ? 0 : (ulong)entry.UpTo);
            Write(bytes, (ulong)entry.Ranges.Count);
            var last = 0L;
            foreach (var (start, end) in entry.Ranges)
            {
                Write(bytes, (ulong)(start - last));
                Write(bytes, (ulong)(end - start));
                last = end;
            }
        }
    }

    private static List<KnownSequences>? Read(ReadOnlySpan<byte> bytes)
    {
        if (!TryRead(ref bytes, out var count))
        {
            return null;
        }

        var entries = new List<KnownSequences>();
        for (var i = 0UL; i < count; i++)
        {
            if (ReadEntry(ref bytes) is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        return entries;
    }

    private static KnownSequences? ReadEntry(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < GuidSize)
        {
            return null;
        }

        var origin = new Guid(bytes[..GuidSize]);
        bytes = bytes[GuidSize..];
        if (!TryRead(ref bytes, out var floor) || !TryRead(ref bytes, out var upTo) || !TryRead(ref bytes, out var count))
        {
            return null;
        }

        var ranges = new List<SequenceRange>();
        var last = 0L;
        for (var i = 0UL; i < count; i++)
        {
            if (!TryRead(ref bytes, out var start) || !TryRead(ref bytes, out var length))
            {
                return null;
            }

            ranges.Add(new SequenceRange(last + (long)start, last + (long)start + (long)length));
            last = ranges[^1].End;
        }

        return new KnownSequences(origin, (long)floor, ranges, upTo == 0 ? long.MaxValue : (long)upTo);
    }

    private static void Write(List<byte> bytes, ulong value)
    {
        while (value >= 0x80)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.Add((byte)value);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < 9; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
