namespace Actors.Engine.Serialization;

public sealed class BooleanCodec : Codec<bool>
{
    public static readonly BooleanCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, bool value) => writer.WriteVarint(id, value ? 1u : 0u);

    public override bool ReadField(ref FieldReader reader) => reader.ReadVarint() != 0;
}

public sealed class SByteCodec : Codec<sbyte>
{
    public static readonly SByteCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, sbyte value) => writer.WriteSigned(id, value);

    public override sbyte ReadField(ref FieldReader reader) => (sbyte)reader.ReadSigned(sbyte.MinValue, sbyte.MaxValue);
}

public sealed class Int16Codec : Codec<short>
{
    public static readonly Int16Codec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, short value) => writer.WriteSigned(id, value);

    public override short ReadField(ref FieldReader reader) => (short)reader.ReadSigned(short.MinValue, short.MaxValue);
}

public sealed class Int32Codec : Codec<int>
{
    public static readonly Int32Codec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, int value) => writer.WriteSigned(id, value);

    public override int ReadField(ref FieldReader reader) => (int)reader.ReadSigned(int.MinValue, int.MaxValue);
}

public sealed class Int64Codec : Codec<long>
{
    public static readonly Int64Codec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, long value) => writer.WriteSigned(id, value);

    public override long ReadField(ref FieldReader reader) => reader.ReadSigned();
}

public sealed class ByteCodec : Codec<byte>
{
    public static readonly ByteCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, byte value) => writer.WriteVarint(id, value);

    public override byte ReadField(ref FieldReader reader) => (byte)reader.ReadVarint(byte.MaxValue);
}

public sealed class UInt16Codec : Codec<ushort>
{
    public static readonly UInt16Codec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, ushort value) => writer.WriteVarint(id, value);

    public override ushort ReadField(ref FieldReader reader) => (ushort)reader.ReadVarint(ushort.MaxValue);
}

public sealed class UInt32Codec : Codec<uint>
{
    public static readonly UInt32Codec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, uint value) => writer.WriteVarint(id, value);

    public override uint ReadField(ref FieldReader reader) => (uint)reader.ReadVarint(uint.MaxValue);
}

public sealed class UInt64Codec : Codec<ulong>
{
    public static readonly UInt64Codec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, ulong value) => writer.WriteVarint(id, value);

    public override ulong ReadField(ref FieldReader reader) => reader.ReadVarint();
}

public sealed class CharCodec : Codec<char>
{
    public static readonly CharCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, char value) => writer.WriteVarint(id, value);

    public override char ReadField(ref FieldReader reader) => (char)reader.ReadVarint(char.MaxValue);
}
