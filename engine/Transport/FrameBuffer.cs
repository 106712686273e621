using System.Buffers;
using System.Buffers.Binary;

namespace Actors.Engine.Transport;

/// <summary>
/// Cuts received bytes into frames: a length of four bytes (little-endian, of what follows), a kind, a payload.
/// Whatever the bytes are, only <see cref="ProtocolException"/> comes out, and no more than a frame is held.
/// </summary>
internal sealed class FrameBuffer(int maxFrame) : IDisposable
{
    /// <summary>The bytes of a frame before its payload.</summary>
    public const int HeaderBytes = 5;

    private const int SizeBytes = 4;
    private const int SmallestFree = 4096;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 << 10);
    private int _start;
    private int _end;

    /// <summary>The largest frame, kind included, in bytes; a handshake allows less than what follows it.</summary>
    public int MaxFrame { get; set; } = maxFrame;

    /// <summary>Room to receive into; then <see cref="Advance"/>.</summary>
    public Memory<byte> Free
    {
        get
        {
            MakeRoom();
            return _bytes.AsMemory(_end);
        }
    }

    /// <summary>Counts what was received.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Takes the next frame that is there whole. Its payload is valid until <see cref="Free"/> is asked for.</summary>
    public bool TryTake(out FrameKind kind, out ReadOnlySpan<byte> payload)
    {
        kind = default;
        payload = default;
        if (_end - _start < SizeBytes)
        {
            return false;
        }

        var size = NextSize();
        if (_end - _start - SizeBytes < size)
        {
            return false;
        }

        kind = (FrameKind)_bytes[_start + SizeBytes];
        payload = _bytes.AsSpan(_start + HeaderBytes, size - 1);
        _start += SizeBytes + size;
        return true;
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _start = 0;
        _end = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private int NextSize()
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_start));
        return size is > 0 && size <= (uint)MaxFrame
            ? (int)size
            : throw new ProtocolException($"A frame of {size} bytes; {MaxFrame} are allowed.");
    }

    private void MakeRoom()
    {
        var held = _end - _start;
        var wanted = held >= SizeBytes ? Math.Max(SizeBytes + NextSize() - held, SmallestFree) : SmallestFree;
        if (_bytes.Length - _end >= wanted)
        {
            return;
        }

        if (_bytes.Length - held >= wanted)
        {
            _bytes.AsSpan(_start, held).CopyTo(_bytes);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(held + wanted);
            _bytes.AsSpan(_start, held).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        _start = 0;
        _end = held;
    }
}
