namespace Actors.Engine.Serialization;

/// <summary>The codec of a [GenerateSerializer] type: its members are fields by their [Id].</summary>
public abstract class MessageCodec<T> : Codec<T>
{
    /// <summary>Writes the members that are not their defaults.</summary>
    protected abstract void WriteMembers(FieldWriter writer, T value);

    /// <summary>Makes a value of the fields; unknown ones are skipped, missing ones are their defaults.</summary>
    protected abstract T ReadMembers(ref FieldReader reader);

    /// <summary>A value whose members are all left out is written as an empty message: only null is left out.</summary>
    public sealed override bool IsDefault(T value) => value is null;

    public sealed override void WriteField(FieldWriter writer, uint id, T value)
    {
        var start = writer.Begin(id);
        if (value is not null)
        {
            WriteMembers(writer, value);
        }

        writer.End(start);
    }

    public sealed override T ReadField(ref FieldReader reader)
    {
        var nested = reader.Enter();
        var value = ReadMembers(ref nested);
        reader.Leave(nested);
        return value;
    }

    public sealed override T ReadMissing(ref FieldReader reader)
    {
        var nested = reader.EnterMissing();
        var value = ReadMembers(ref nested);
        reader.Leave(nested);
        return value;
    }

    /// <summary>The value alone, as it is stored.</summary>
    public byte[] Encode(T value)
    {
        using var writer = new FieldWriter();
        WriteMembers(writer, value);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; of no bytes, a value with all defaults.</summary>
    /// <exception cref="CodecException">The bytes are not such a value.</exception>
    public T Decode(ReadOnlySpan<byte> data, IReferenceResolver? references = null)
    {
        var reader = new FieldReader(data, references);
        try
        {
            return ReadMembers(ref reader);
        }
        catch (Exception e) when (e is not CodecException)
        {
            throw new CodecException($"{typeof(T).Name} refuses the decoded members.", e);
        }
    }
}
