using System.Buffers.Binary;
using System.Text;

namespace Actors.Engine.Serialization;

/// <summary>
/// Reads tagged fields: <see cref="Next"/> steps to a field, a Read method takes its value; one that is not taken is skipped.
/// Whatever the bytes are, only <see cref="CodecException"/> comes out.
/// </summary>
public ref struct FieldReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _depth;
    private int _position;
    private bool _pending;

    public FieldReader(ReadOnlySpan<byte> data, IReferenceResolver? references = null)
        : this(data, references, 0, CodecLimits.MaxItems)
    {
        if (data.Length > CodecLimits.MaxBytes)
        {
            throw new CodecException($"The encoding has more than {CodecLimits.MaxBytes} bytes.");
        }
    }

    private FieldReader(ReadOnlySpan<byte> data, IReferenceResolver? references, int depth, int itemsLeft)
    {
        _data = data;
        _depth = depth;
        References = references;
        ItemsLeft = itemsLeft;
    }

    /// <summary>The id of the current field.</summary>
    public uint Id { get; private set; }

    /// <summary>How the current field is delimited.</summary>
    public WireType WireType { get; private set; }

    /// <summary>Makes grain references out of identities; null where there is no runtime.</summary>
    public IReferenceResolver? References { get; }

    internal int ItemsLeft { get; private set; }

    /// <summary>Steps to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_pending)
        {
            Skip();
        }

        if (_position >= _data.Length)
        {
            return false;
        }

        var tag = TakeVarint();
        if (tag >> 2 > CodecLimits.MaxId)
        {
            throw new CodecException("A field's id is out of range.");
        }

        Id = (uint)(tag >> 2);
        WireType = (WireType)(tag & 3);
        _pending = true;
        return true;
    }

    public ulong ReadVarint()
    {
        Expect(WireType.Varint);
        return TakeVarint();
    }

    /// <summary>Reads a number that must not be larger than this.</summary>
    public ulong ReadVarint(ulong max)
    {
        var value = ReadVarint();
        return value <= max ? value : throw new CodecException($"Field {Id} is out of range.");
    }

    /// <summary>Reads a number that must lie in this range.</summary>
    public long ReadSigned(long min, long max)
    {
        var value = ReadSigned();
        return value >= min && value <= max ? value : throw new CodecException($"Field {Id} is out of range.");
    }

    /// <summary>Reads what <see cref="FieldWriter.WriteSigned"/> wrote.</summary>
    public long ReadSigned()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong ReadFixed64()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
    }

    public uint ReadFixed32()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(WireType.Bytes);
        return TakeBytes();
    }

    /// <summary>Reads a value that must have this length.</summary>
    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        var bytes = ReadBytes();
        return bytes.Length == length ? bytes : throw new CodecException($"Field {Id} does not have {length} bytes.");
    }

    public string ReadText()
    {
        var bytes = ReadBytes();
        if (bytes.IsEmpty)
        {
            return "";
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new CodecException("Text is not valid UTF-8.", e);
        }
    }

    /// <summary>A reader of the fields nested in the current one; when done, give it to <see cref="Leave"/>.</summary>
    public FieldReader Enter()
    {
        var bytes = ReadBytes();
        return Nested(bytes);
    }

    /// <summary>A reader of no fields, for the default of a nested value that is missing.</summary>
    public FieldReader EnterMissing() => Nested([]);

    /// <summary>Goes on after a nested reader.</summary>
    public void Leave(scoped in FieldReader nested) => ItemsLeft = nested.ItemsLeft;

    /// <summary>Counts one element of a collection against the limit.</summary>
    public void CountItem()
    {
        if (--ItemsLeft < 0)
        {
            throw new CodecException($"The encoding holds more than {CodecLimits.MaxItems} items.");
        }
    }

    private FieldReader Nested(ReadOnlySpan<byte> bytes)
    {
        CountItem();
        if (_depth >= CodecLimits.MaxDepth)
        {
            throw new CodecException($"The encoding nests deeper than {CodecLimits.MaxDepth} levels.");
        }

        return new FieldReader(bytes, References, _depth + 1, ItemsLeft);
    }

    private void Skip()
    {
        _pending = false;
        switch (WireType)
        {
            case WireType.Varint:
                TakeVarint();
                break;
            case WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireType.Fixed32:
                Take(sizeof(uint));
                break;
            default:
                TakeBytes();
                break;
        }
    }

    private void Expect(WireType type)
    {
        if (!_pending || WireType != type)
        {
            throw new CodecException($"Field {Id} holds {WireType}, not {type}.");
        }

        _pending = false;
    }

    private ReadOnlySpan<byte> TakeBytes()
    {
        var length = TakeVarint();
        return length <= (ulong)(_data.Length - _position)
            ? Take((int)length)
            : throw new CodecException($"Field {Id} is longer than the encoding.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _data.Length - _position)
        {
            throw new CodecException("The encoding ends within a field.");
        }

        var taken = _data.Slice(_position, count);
        _position += count;
        return taken;
    }

    private ulong TakeVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position >= _data.Length)
            {
                break;
            }

            var part = _data[_position++];
            if (shift == 63 && part > 1)
            {
                break;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new CodecException("A varint is cut off or too long.");
    }
}
