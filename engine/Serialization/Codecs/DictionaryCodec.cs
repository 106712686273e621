namespace Actors.Engine.Serialization;

/// <summary>A dictionary is a message with one message per entry: the key and the value.</summary>
public sealed class DictionaryCodec<TKey, TValue>(Codec<TKey> keys, Codec<TValue> values) : Codec<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    private const uint EntryId = 0;
    private const uint KeyId = 0;
    private const uint ValueId = 1;

    public override bool IsDefault(Dictionary<TKey, TValue> value) => value is null or { Count: 0 };

    public override void WriteField(FieldWriter writer, uint id, Dictionary<TKey, TValue> value)
    {
        var start = writer.Begin(id);
        foreach (var entry in value)
        {
            var entryStart = writer.Begin(EntryId);
            keys.WriteField(writer, KeyId, entry.Key);
            values.WriteField(writer, ValueId, entry.Value);
            writer.End(entryStart);
        }

        writer.End(start);
    }

    public override Dictionary<TKey, TValue> ReadField(ref FieldReader reader)
    {
        var nested = reader.Enter();
        var entries = new Dictionary<TKey, TValue>();
        while (nested.Next())
        {
            if (nested.Id == EntryId)
            {
                ReadEntry(ref nested, entries);
            }
        }

        reader.Leave(nested);
        return entries;
    }

    public override Dictionary<TKey, TValue> ReadMissing(ref FieldReader reader) => [];

    private void ReadEntry(ref FieldReader reader, Dictionary<TKey, TValue> entries)
    {
        var entry = reader.Enter();
        var (entryKey, hasKey) = (default(TKey)!, false);
        var (entryValue, hasValue) = (default(TValue)!, false);
        while (entry.Next())
        {
            if (entry.Id == KeyId)
            {
                (entryKey, hasKey) = (keys.ReadField(ref entry), true);
            }
            else if (entry.Id == ValueId)
            {
                (entryValue, hasValue) = (values.ReadField(ref entry), true);
            }
        }

        entryKey = hasKey ? entryKey : keys.ReadMissing(ref entry);
        entryValue = hasValue ? entryValue : values.ReadMissing(ref entry);
        reader.Leave(entry);
        if (entryKey is null)
        {
            throw new CodecException("A dictionary's key is missing.");
        }

        entries[entryKey] = entryValue;
    }
}
