namespace Actors.Engine.Runtime;

/// <summary>A count that many threads add to without waiting for each other's cache line.</summary>
internal sealed class StripedCounter
{
    // A cache line of longs, twice: processors fetch neighbours along.
    private const int Stride = 16;
    private static readonly int Mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;

    private readonly long[] _cells = new long[(Mask + 2) * Stride];

    /// <summary>What was added until now; exact once nobody adds any more.</summary>
    public long Value
    {
        get
        {
            var sum = 0L;
            for (var cell = Stride; cell < _cells.Length; cell += Stride)
            {
                sum += Volatile.Read(ref _cells[cell]);
            }

            return sum;
        }
    }

    public void Increment() => Interlocked.Increment(ref _cells[((Thread.GetCurrentProcessorId() & Mask) + 1) * Stride]);
}
