namespace Actors.Tallying.Scans;

/// <summary>Orders uuids as their texts are ordered, which is the big-endian order of their bytes.</summary>
internal sealed class UuidOrder : IComparer<Guid>
{
    /// <summary>The one instance.</summary>
    public static readonly UuidOrder Comparer = new();

    private UuidOrder()
    {
    }

    public int Compare(Guid x, Guid y)
    {
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        x.TryWriteBytes(left, bigEndian: true, out _);
        y.TryWriteBytes(right, bigEndian: true, out _);
        return left.SequenceCompareTo(right);
    }
}
