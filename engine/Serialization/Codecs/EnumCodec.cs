using System.Runtime.CompilerServices;

namespace Actors.Engine.Serialization;

/// <summary>An enumeration by its number; numbers that this version does not name are kept.</summary>
public sealed class EnumCodec<TEnum> : Codec<TEnum>
    where TEnum : struct, Enum
{
    public static readonly EnumCodec<TEnum> Instance = new();

    private static readonly bool Signed =
        Type.GetTypeCode(typeof(TEnum)) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    public override void WriteField(FieldWriter writer, uint id, TEnum value)
    {
        if (Signed)
        {
            writer.WriteSigned(id, Unsafe.SizeOf<TEnum>() switch
            {
                1 => Unsafe.BitCast<TEnum, sbyte>(value),
                2 => Unsafe.BitCast<TEnum, short>(value),
                4 => Unsafe.BitCast<TEnum, int>(value),
                _ => Unsafe.BitCast<TEnum, long>(value),
            });
        }
        else
        {
            writer.WriteVarint(id, Unsafe.SizeOf<TEnum>() switch
            {
                1 => Unsafe.BitCast<TEnum, byte>(value),
                2 => Unsafe.BitCast<TEnum, ushort>(value),
                4 => Unsafe.BitCast<TEnum, uint>(value),
                _ => Unsafe.BitCast<TEnum, ulong>(value),
            });
        }
    }

    public override TEnum ReadField(ref FieldReader reader)
    {
        if (Signed)
        {
            return Unsafe.SizeOf<TEnum>() switch
            {
                1 => Unsafe.BitCast<sbyte, TEnum>(SByteCodec.Instance.ReadField(ref reader)),
                2 => Unsafe.BitCast<short, TEnum>(Int16Codec.Instance.ReadField(ref reader)),
                4 => Unsafe.BitCast<int, TEnum>(Int32Codec.Instance.ReadField(ref reader)),
                _ => Unsafe.BitCast<long, TEnum>(Int64Codec.Instance.ReadField(ref reader)),
            };
        }

        return Unsafe.SizeOf<TEnum>() switch
        {
            1 => Unsafe.BitCast<byte, TEnum>(ByteCodec.Instance.ReadField(ref reader)),
            2 => Unsafe.BitCast<ushort, TEnum>(UInt16Codec.Instance.ReadField(ref reader)),
            4 => Unsafe.BitCast<uint, TEnum>(UInt32Codec.Instance.ReadField(ref reader)),
            _ => Unsafe.BitCast<ulong, TEnum>(UInt64Codec.Instance.ReadField(ref reader)),
        };
    }
}
