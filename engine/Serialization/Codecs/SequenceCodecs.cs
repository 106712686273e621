using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Actors.Engine.Serialization;

/// <summary>A sequence is a message with one field per element, all of the same id.</summary>
public abstract class SequenceCodec<TSequence, T>(Codec<T> element) : Codec<TSequence>
{
    private const uint ElementId = 0;

    public sealed override void WriteField(FieldWriter writer, uint id, TSequence value)
    {
        var start = writer.Begin(id);
        foreach (var item in Span(value))
        {
            element.WriteField(writer, ElementId, item);
        }

        writer.End(start);
    }

    public sealed override TSequence ReadField(ref FieldReader reader)
    {
        var nested = reader.Enter();
        var items = new List<T>();
        while (nested.Next())
        {
            if (nested.Id == ElementId)
            {
                nested.CountItem();
                items.Add(element.ReadField(ref nested));
            }
        }

        reader.Leave(nested);
        return Make(items);
    }

    public sealed override TSequence ReadMissing(ref FieldReader reader) => Make([]);

    public sealed override bool IsDefault(TSequence value) => Span(value).IsEmpty;

    /// <summary>The elements; none of null.</summary>
    protected abstract ReadOnlySpan<T> Span(TSequence value);

#pragma warning disable MA0016 // a list may itself become the value
    protected abstract TSequence Make(List<T> items);
#pragma warning restore MA0016
}

public sealed class ImmutableArrayCodec<T>(Codec<T> element) : SequenceCodec<ImmutableArray<T>, T>(element)
{
    protected override ReadOnlySpan<T> Span(ImmutableArray<T> value) => value.AsSpan();

    protected override ImmutableArray<T> Make(List<T> items) => [.. items];
}

public sealed class ArrayCodec<T>(Codec<T> element) : SequenceCodec<T[], T>(element)
{
    protected override ReadOnlySpan<T> Span(T[] value) => value;

    protected override T[] Make(List<T> items) => [.. items];
}

public sealed class ListCodec<T>(Codec<T> element) : SequenceCodec<List<T>, T>(element)
{
    protected override ReadOnlySpan<T> Span(List<T> value) => CollectionsMarshal.AsSpan(value);

    protected override List<T> Make(List<T> items) => items;
}

public sealed class HashSetCodec<T>(Codec<T> element) : SequenceCodec<HashSet<T>, T>(element)
{
    protected override ReadOnlySpan<T> Span(HashSet<T> value) => value is null ? [] : value.ToArray();

    protected override HashSet<T> Make(List<T> items) => [.. items];
}
