using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Actors.Engine.Transport;

namespace Actors.Engine.Serialization;

/// <summary>Writes tagged fields into a growing pooled buffer. Not for use by two threads at once.</summary>
public sealed class FieldWriter : IDisposable
{
    private const int MaxVarintBytes = 10;

    private byte[] _buffer;
    private int _position;
    private int _depth;

    public FieldWriter(int capacity = 256) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _position);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _position);

    public int WrittenCount => _position;

    /// <summary>Forgets what was written, keeps the buffer.</summary>
    public void Reset()
    {
        _position = 0;
        _depth = 0;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        Reset();
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void WriteVarint(uint id, ulong value)
    {
        Reserve(2 * MaxVarintBytes);
        WriteTag(id, WireType.Varint);
        PutVarint(value);
    }

    /// <summary>Writes a signed integer so that small negative ones stay short.</summary>
    public void WriteSigned(uint id, long value) => WriteVarint(id, (ulong)((value << 1) ^ (value >> 63)));

    public void WriteFixed64(uint id, ulong value)
    {
        Reserve(MaxVarintBytes + sizeof(ulong));
        WriteTag(id, WireType.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_position), value);
        _position += sizeof(ulong);
    }

    public void WriteFixed32(uint id, uint value)
    {
        Reserve(MaxVarintBytes + sizeof(uint));
        WriteTag(id, WireType.Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_position), value);
        _position += sizeof(uint);
    }

    public void WriteBytes(uint id, ReadOnlySpan<byte> value)
    {
        Reserve((2 * MaxVarintBytes) + value.Length);
        WriteTag(id, WireType.Bytes);
        PutVarint((uint)value.Length);
        value.CopyTo(_buffer.AsSpan(_position));
        _position += value.Length;
    }

    /// <summary>Writes text as UTF-8; lone surrogates become U+FFFD.</summary>
    public void WriteText(uint id, ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Reserve((2 * MaxVarintBytes) + length);
        WriteTag(id, WireType.Bytes);
        PutVarint((uint)length);
        _position += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_position));
    }

    /// <summary>Begins a nested sequence of fields; the result goes to <see cref="End"/>.</summary>
    public int Begin(uint id)
    {
        if (++_depth > CodecLimits.MaxDepth)
        {
            throw new CodecException($"The value nests deeper than {CodecLimits.MaxDepth} levels; does it contain itself?");
        }

        Reserve(2 * MaxVarintBytes);
        WriteTag(id, WireType.Bytes);
        _position++; // most messages are shorter than 128 bytes: one byte for the length, End makes room when they are not
        return _position;
    }

    public void End(int start)
    {
        _depth--;
        var length = _position - start;
        if (length < 0x80)
        {
            _buffer[start - 1] = (byte)length;
            return;
        }

        Span<byte> prefix = stackalloc byte[MaxVarintBytes];
        var size = PutVarint(prefix, (uint)length);
        Reserve(size - 1);
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + size - 1));
        prefix[..size].CopyTo(_buffer.AsSpan(start - 1));
        _position += size - 1;
    }

    /// <summary>Begins a frame of the transport: its length, to be filled in, and its kind. The result goes to <see cref="EndFrame"/>.</summary>
    internal int BeginFrame(FrameKind kind)
    {
        Reserve(FrameBuffer.HeaderBytes);
        _position += FrameBuffer.HeaderBytes;
        _buffer[_position - 1] = (byte)kind;
        return _position;
    }

    internal void EndFrame(int start) =>
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - FrameBuffer.HeaderBytes), _position - start + 1);

    /// <summary>Takes back what was written after a position, finished or not.</summary>
    internal void Truncate(int position)
    {
        _position = position;
        _depth = 0;
    }

    private void WriteTag(uint id, WireType type) => PutVarint(((ulong)id << 2) | (uint)type);

    private void PutVarint(ulong value)
    {
        if (value < 0x80)
        {
            _buffer[_position++] = (byte)value;
            return;
        }

        _position += PutVarint(_buffer.AsSpan(_position), value);
    }

    private static int PutVarint(Span<byte> target, ulong value)
    {
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[i++] = (byte)(value | 0x80);
        }

        target[i++] = (byte)value;
        return i;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _position < count)
        {
            Grow(count);
        }
    }

    private void Grow(int count)
    {
        var needed = (long)_position + count;
        if (needed > CodecLimits.MaxBytes)
        {
            throw new CodecException($"The value needs more than {CodecLimits.MaxBytes} bytes.");
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(needed, Math.Min(_buffer.Length * 2L, CodecLimits.MaxBytes)));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
