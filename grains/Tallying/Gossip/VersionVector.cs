using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;

namespace Actors.Tallying.Gossip;

/// <summary>
/// Which sequences of which reader are known. Readers lie in buckets by their uuid, and each bucket has a hash, so that
/// two that know the same find out by a few hundred bytes, however many readers there are.
/// </summary>
internal sealed class VersionVector
{
    /// <summary>Buckets of readers.</summary>
    public const int BucketCount = 32;

    /// <summary>Readers in one page, unless one bucket holds more.</summary>
    public const int MaxEntries = 256;

    /// <summary>Ranges told per reader; what lies beyond is told when they have become fewer.</summary>
    public const int MaxRanges = 64;

    private readonly Dictionary<Guid, Entry>[] _buckets = new Dictionary<Guid, Entry>[BucketCount];
    private readonly ulong[] _hashes = new ulong[BucketCount];

    public VersionVector()
    {
        for (var i = 0; i < BucketCount; i++)
        {
            _buckets[i] = [];
        }
    }

    /// <summary>Readers in it.</summary>
    public int Count => _buckets.Sum(bucket => bucket.Count);

    /// <summary>All of them.</summary>
    public IEnumerable<(Guid Origin, SequenceSet Known)> Entries =>
        _buckets.SelectMany(bucket => bucket.Select(entry => (entry.Key, entry.Value.Known)));

    /// <summary>What is known of a reader, or null.</summary>
    public SequenceSet? Find(Guid origin) => _buckets[BucketOf(origin)].GetValueOrDefault(origin)?.Known;

    /// <summary>Whether a sequence is known.</summary>
    public bool Contains(Guid origin, long sequence) => Find(origin)?.Contains(sequence) == true;

    /// <summary>Adds a sequence; false when it was known or there is no room.</summary>
    public bool TryAdd(Guid origin, long sequence)
    {
        var (bucket, entry) = Of(origin);
        if (!entry.Known.TryAdd(sequence))
        {
            return false;
        }

        Rehash(bucket, origin, entry);
        return true;
    }

    /// <summary>Counts everything up to here as known and expired.</summary>
    public void Raise(Guid origin, long floor)
    {
        var (bucket, entry) = Of(origin);
        entry.Known.Raise(floor);
        Rehash(bucket, origin, entry);
    }

    /// <summary>Forgets a reader.</summary>
    public void Remove(Guid origin)
    {
        var bucket = BucketOf(origin);
        if (_buckets[bucket].Remove(origin, out var entry))
        {
            _hashes[bucket] ^= entry.Hash;
        }
    }

    /// <summary>The hashes of all buckets.</summary>
    public ImmutableArray<byte> Summarize()
    {
        var bytes = new byte[BucketCount * sizeof(ulong)];
        for (var i = 0; i < BucketCount; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), _hashes[i]);
        }

        return [.. bytes];
    }

    /// <summary>Describes the buckets that differ from a summary, a page at most, beginning anywhere; null when none does.</summary>
    public KnownPage? Describe(ReadOnlySpan<byte> summary, int firstBucket)
    {
        if (summary.Length != BucketCount * sizeof(ulong))
        {
            return null;
        }

        var (buckets, more, entries) = (0UL, false, new List<KnownSequences>());
        for (var i = 0; i < BucketCount; i++)
        {
            var bucket = (firstBucket + i) % BucketCount;
            if (BinaryPrimitives.ReadUInt64LittleEndian(summary[(bucket * sizeof(ulong))..]) == _hashes[bucket])
            {
                continue;
            }

            if (entries.Count > 0 && entries.Count + _buckets[bucket].Count > MaxEntries)
            {
                more = true;
                continue;
            }

            buckets |= 1UL << bucket;
            entries.AddRange(_buckets[bucket].Select(entry => Describe(entry.Key, entry.Value.Known)));
        }

        return buckets == 0 ? null : new KnownPage(buckets, more, entries);
    }

    /// <summary>The readers of the buckets that a page describes.</summary>
    public IEnumerable<(Guid Origin, SequenceSet Known)> In(KnownPage page) =>
        Enumerable.Range(0, BucketCount)
            .Where(bucket => (page.Buckets >> bucket & 1) == 1)
            .SelectMany(bucket => _buckets[bucket].Select(entry => (entry.Key, entry.Value.Known)));

    private static KnownSequences Describe(Guid origin, SequenceSet known)
    {
        var ranges = known.Ranges().Take(MaxRanges + 1).ToList();
        var isCut = ranges.Count > MaxRanges;
        if (isCut)
        {
            ranges.RemoveAt(MaxRanges);
        }

        return new KnownSequences(origin, known.Floor, ranges, isCut ? ranges[^1].End : long.MaxValue);
    }

    private static int BucketOf(Guid origin) => (int)(Mix(0, origin) % BucketCount);

    private (int Bucket, Entry Entry) Of(Guid origin)
    {
        var bucket = BucketOf(origin);
        if (!_buckets[bucket].TryGetValue(origin, out var entry))
        {
            _buckets[bucket].Add(origin, entry = new Entry());
        }

        return (bucket, entry);
    }

    private void Rehash(int bucket, Guid origin, Entry entry)
    {
        var hash = Mix(Mix(0, origin), (ulong)entry.Known.Contiguous);
        foreach (var (start, end) in entry.Known.Islands)
        {
            hash = Mix(Mix(hash, (ulong)start), (ulong)end);
        }

        _hashes[bucket] ^= entry.Hash ^ hash;
        entry.Hash = hash;
    }

    private static ulong Mix(ulong hash, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return Mix(Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes)), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
    }

    // The same in every process and version (the finaliser of SplitMix64).
    private static ulong Mix(ulong hash, ulong value)
    {
        var x = BitOperations.RotateLeft(hash, 23) + value + 0x9E3779B97F4A7C15;
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }

    private sealed class Entry
    {
        public SequenceSet Known { get; } = new();

        public ulong Hash { get; set; }
    }
}
