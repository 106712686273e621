namespace Actors.Engine.Serialization;

/// <summary>Writes and reads values of one type, as fields.</summary>
public abstract class Codec
{
    /// <summary>The type's name on the wire, where it needs one.</summary>
    public virtual string? TypeAlias => null;

    public abstract Type ValueType { get; }

    internal abstract void WriteObject(FieldWriter writer, uint id, object value);

    internal abstract object? ReadObject(ref FieldReader reader);
}

/// <inheritdoc/>
public abstract class Codec<T> : Codec
{
    public sealed override Type ValueType => typeof(T);

    /// <summary>Whether a member of this value is left out.</summary>
    public virtual bool IsDefault(T value) => EqualityComparer<T>.Default.Equals(value, default);

    /// <summary>Writes the field, also when the value is the default.</summary>
    public abstract void WriteField(FieldWriter writer, uint id, T value);

    /// <summary>Reads the current field.</summary>
    public abstract T ReadField(ref FieldReader reader);

    /// <summary>The value of a member that was left out or that the writer did not know.</summary>
    public virtual T ReadMissing(ref FieldReader reader) => default!;

    /// <summary>Writes the field unless it is the default.</summary>
    public void WriteMember(FieldWriter writer, uint id, T value)
    {
        if (!IsDefault(value))
        {
            WriteField(writer, id, value);
        }
    }

    internal sealed override void WriteObject(FieldWriter writer, uint id, object value) => WriteField(writer, id, (T)value);

    internal sealed override object? ReadObject(ref FieldReader reader) => ReadField(ref reader);
}
