using System.Buffers.Binary;

namespace Actors.Engine.Serialization;

public sealed class DoubleCodec : Codec<double>
{
    public static readonly DoubleCodec Instance = new();

    // Negative zero equals the default and is another number.
    public override bool IsDefault(double value) => BitConverter.DoubleToUInt64Bits(value) == 0;

    public override void WriteField(FieldWriter writer, uint id, double value) =>
        writer.WriteFixed64(id, BitConverter.DoubleToUInt64Bits(value));

    public override double ReadField(ref FieldReader reader) => BitConverter.UInt64BitsToDouble(reader.ReadFixed64());
}

public sealed class SingleCodec : Codec<float>
{
    public static readonly SingleCodec Instance = new();

    public override bool IsDefault(float value) => BitConverter.SingleToUInt32Bits(value) == 0;

    public override void WriteField(FieldWriter writer, uint id, float value) =>
        writer.WriteFixed32(id, BitConverter.SingleToUInt32Bits(value));

    public override float ReadField(ref FieldReader reader) => BitConverter.UInt32BitsToSingle(reader.ReadFixed32());
}

/// <summary>16 bytes: low, middle, high and flags as <see cref="decimal.GetBits(decimal)"/> gives them, so that 1.0 stays 1.0.</summary>
public sealed class DecimalCodec : Codec<decimal>
{
    public static readonly DecimalCodec Instance = new();

    private const int Size = 16;

    public override bool IsDefault(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        return !parts.ContainsAnyExcept(0);
    }

    public override void WriteField(FieldWriter writer, uint id, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        Span<byte> bytes = stackalloc byte[Size];
        decimal.GetBits(value, parts);
        for (var i = 0; i < parts.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * sizeof(int))..], parts[i]);
        }

        writer.WriteBytes(id, bytes);
    }

    public override decimal ReadField(ref FieldReader reader)
    {
        var bytes = reader.ReadBytes(Size);
        Span<int> parts = stackalloc int[4];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        }

        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException e)
        {
            throw new CodecException("A decimal's scale is out of range.", e);
        }
    }
}
