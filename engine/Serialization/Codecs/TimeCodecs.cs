using System.Buffers.Binary;

namespace Actors.Engine.Serialization;

/// <summary>Ticks, and the kind in the two highest bits.</summary>
public sealed class DateTimeCodec : Codec<DateTime>
{
    public static readonly DateTimeCodec Instance = new();

    private const int KindShift = 62;

    public override bool IsDefault(DateTime value) => Pack(value) == 0;

    public override void WriteField(FieldWriter writer, uint id, DateTime value) => writer.WriteFixed64(id, Pack(value));

    public override DateTime ReadField(ref FieldReader reader)
    {
        var packed = reader.ReadFixed64();
        var ticks = (long)(packed & ((1UL << KindShift) - 1));
        var kind = (DateTimeKind)(packed >> KindShift);
        return ticks <= DateTime.MaxValue.Ticks && kind <= DateTimeKind.Local
            ? new DateTime(ticks, kind)
            : throw new CodecException("A date is out of range.");
    }

    private static ulong Pack(DateTime value) => (ulong)value.Ticks | ((ulong)value.Kind << KindShift);
}

/// <summary>8 bytes of UTC ticks, followed by 2 bytes of offset in minutes when there is one.</summary>
public sealed class DateTimeOffsetCodec : Codec<DateTimeOffset>
{
    public static readonly DateTimeOffsetCodec Instance = new();

    private const int MaxOffsetMinutes = 14 * 60;

    // Values of one instant with different offsets are equal and yet not the same.
    public override bool IsDefault(DateTimeOffset value) => value.UtcTicks == 0 && value.Offset == TimeSpan.Zero;

    public override void WriteField(FieldWriter writer, uint id, DateTimeOffset value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) + sizeof(short)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.UtcTicks);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[sizeof(long)..], (short)value.TotalOffsetMinutes);
        writer.WriteBytes(id, value.Offset == TimeSpan.Zero ? bytes[..sizeof(long)] : bytes);
    }

    public override DateTimeOffset ReadField(ref FieldReader reader)
    {
        var bytes = reader.ReadBytes();
        if (bytes.Length is not sizeof(long) and not (sizeof(long) + sizeof(short)))
        {
            throw new CodecException("A date has 8 or 10 bytes.");
        }

        var utc = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var minutes = bytes.Length == sizeof(long) ? (short)0 : BinaryPrimitives.ReadInt16LittleEndian(bytes[sizeof(long)..]);
        if (utc < 0 || utc > DateTime.MaxValue.Ticks || minutes is < -MaxOffsetMinutes or > MaxOffsetMinutes)
        {
            throw new CodecException("A date is out of range.");
        }

        var local = utc + (minutes * TimeSpan.TicksPerMinute);
        return local >= 0 && local <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(local, TimeSpan.FromMinutes(minutes))
            : throw new CodecException("A date is out of range.");
    }
}

public sealed class TimeSpanCodec : Codec<TimeSpan>
{
    public static readonly TimeSpanCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, TimeSpan value) => writer.WriteSigned(id, value.Ticks);

    public override TimeSpan ReadField(ref FieldReader reader) => new(reader.ReadSigned());
}

public sealed class DateOnlyCodec : Codec<DateOnly>
{
    public static readonly DateOnlyCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, DateOnly value) => writer.WriteVarint(id, (uint)value.DayNumber);

    public override DateOnly ReadField(ref FieldReader reader) =>
        DateOnly.FromDayNumber((int)reader.ReadVarint((ulong)DateOnly.MaxValue.DayNumber));
}

public sealed class TimeOnlyCodec : Codec<TimeOnly>
{
    public static readonly TimeOnlyCodec Instance = new();

    public override void WriteField(FieldWriter writer, uint id, TimeOnly value) => writer.WriteVarint(id, (ulong)value.Ticks);

    public override TimeOnly ReadField(ref FieldReader reader) =>
        new((long)reader.ReadVarint((ulong)TimeOnly.MaxValue.Ticks));
}
