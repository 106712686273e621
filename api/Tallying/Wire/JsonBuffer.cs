using System.Buffers;
using System.Text.Json;

namespace Actors.Api.Tallying.Wire;

/// <summary>Bytes and a writer for one answer, used again for the next one on the same thread.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private const int MaxKeptBytes = 64 << 10;

    [ThreadStatic]
    private static JsonBuffer? s_free;

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 10);

    private JsonBuffer() => Json = new Utf8JsonWriter(_bytes);

    public Utf8JsonWriter Json { get; }

    /// <summary>What was written, valid until this is disposed of.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        Json.Flush();
        return _bytes.WrittenMemory;
    }

    public static JsonBuffer Rent()
    {
        var free = s_free;
        s_free = null;
        return free ?? new JsonBuffer();
    }

    /// <summary>A large one is not kept: one long list must not hold memory for ever.</summary>
    public void Dispose()
    {
        if (_bytes.Capacity > MaxKeptBytes)
        {
            Json.Dispose();
            return;
        }

        _bytes.ResetWrittenCount();
        Json.Reset();
        s_free = this;
    }
}
