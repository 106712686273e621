using System.Collections.Immutable;
using Orleans.Runtime;

namespace Actors.Engine.Serialization;

/// <summary>UTF-8. Where null is not allowed it counts as empty.</summary>
public sealed class TextCodec : Codec<string>
{
    public static readonly TextCodec Instance = new();

    public override bool IsDefault(string value) => string.IsNullOrEmpty(value);

    public override void WriteField(FieldWriter writer, uint id, string value) => writer.WriteText(id, value);

    public override string ReadField(ref FieldReader reader) => reader.ReadText();

    public override string ReadMissing(ref FieldReader reader) => "";
}

/// <summary>16 bytes in the order in which a uuid is printed.</summary>
public sealed class GuidCodec : Codec<Guid>
{
    public static readonly GuidCodec Instance = new();

    private const int Size = 16;

    public override void WriteField(FieldWriter writer, uint id, Guid value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        writer.WriteBytes(id, bytes);
    }

    public override Guid ReadField(ref FieldReader reader) => new(reader.ReadBytes(Size), bigEndian: true);
}

public sealed class BytesCodec : Codec<byte[]>
{
    public static readonly BytesCodec Instance = new();

    public override bool IsDefault(byte[] value) => value is null or { Length: 0 };

    public override void WriteField(FieldWriter writer, uint id, byte[] value) => writer.WriteBytes(id, value);

    public override byte[] ReadField(ref FieldReader reader) => reader.ReadBytes().ToArray();

    public override byte[] ReadMissing(ref FieldReader reader) => [];
}

public sealed class ImmutableBytesCodec : Codec<ImmutableArray<byte>>
{
    public static readonly ImmutableBytesCodec Instance = new();

    public override bool IsDefault(ImmutableArray<byte> value) => value.IsDefaultOrEmpty;

    public override void WriteField(FieldWriter writer, uint id, ImmutableArray<byte> value) => writer.WriteBytes(id, value.AsSpan());

    public override ImmutableArray<byte> ReadField(ref FieldReader reader) => [.. reader.ReadBytes()];

    public override ImmutableArray<byte> ReadMissing(ref FieldReader reader) => [];
}

/// <summary>A grain's identity as text: <c>type/key</c>.</summary>
public sealed class GrainIdCodec : Codec<GrainId>
{
    public static readonly GrainIdCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, GrainId value) => writer.WriteText(id, value.ToString());

    public override GrainId ReadField(ref FieldReader reader)
    {
        var text = reader.ReadText();
        return text.Length == 0 ? default
            : GrainId.TryParse(text, null, out var id) ? id
            : throw new CodecException("A grain id is not written type/key.");
    }
}
