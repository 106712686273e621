using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Actors.Tallying;

namespace Actors.Silo.Storage;

/// <summary>Named texts as one JSON array, name and text in turn: their order is theirs to choose, which an object would not keep.</summary>
internal static class TextPairs
{
    public static string Write(ImmutableArray<TextPair> pairs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var (key, value) in pairs)
            {
                json.WriteStringValue(key);
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static ImmutableArray<TextPair> Read(ReadOnlySpan<byte> text)
    {
        var pairs = ImmutableArray.CreateBuilder<TextPair>();
        var json = new Utf8JsonReader(text);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            var key = json.GetString()!;
            json.Read();
            pairs.Add(new TextPair(key, json.GetString()!));
        }

        return pairs.DrainToImmutable();
    }
}
