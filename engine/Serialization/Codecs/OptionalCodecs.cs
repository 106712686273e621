namespace Actors.Engine.Serialization;

/// <summary>A value that may be null where a field must stand, as within a collection: a message with the value or without.</summary>
public sealed class NullableCodec<T>(Codec<T> inner) : Codec<T?>
    where T : struct
{
    public override bool IsDefault(T? value) => value is null;

    public override void WriteField(FieldWriter writer, uint id, T? value)
    {
        var start = writer.Begin(id);
        if (value is { } present)
        {
            inner.WriteField(writer, 0, present);
        }

        writer.End(start);
    }

    public override T? ReadField(ref FieldReader reader)
    {
        var nested = reader.Enter();
        T? value = null;
        while (nested.Next())
        {
            if (nested.Id == 0)
            {
                value = inner.ReadField(ref nested);
            }
        }

        reader.Leave(nested);
        return value;
    }
}

/// <inheritdoc cref="NullableCodec{T}"/>
public sealed class OptionalCodec<T>(Codec<T> inner) : Codec<T?>
    where T : class
{
    public override bool IsDefault(T? value) => value is null;

    public override void WriteField(FieldWriter writer, uint id, T? value)
    {
        var start = writer.Begin(id);
        if (value is not null)
        {
            inner.WriteField(writer, 0, value);
        }

        writer.End(start);
    }

    public override T? ReadField(ref FieldReader reader)
    {
        var nested = reader.Enter();
        T? value = null;
        while (nested.Next())
        {
            if (nested.Id == 0)
            {
                value = inner.ReadField(ref nested);
            }
        }

        reader.Leave(nested);
        return value;
    }
}
