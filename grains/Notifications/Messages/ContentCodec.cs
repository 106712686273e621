using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Notifications.Messages;

/// <summary>What a message says, as it is stored: JSON, so that fields can be added.</summary>
internal static class ContentCodec
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static ReadOnlyMemory<byte> Encode(NotificationContent content) => JsonSerializer.SerializeToUtf8Bytes(content, s_options);

    public static NotificationContent Decode(ReadOnlyMemory<byte> bytes)
    {
        var content = JsonSerializer.Deserialize<NotificationContent>(bytes.Span, s_options) ?? throw new InvalidDataException("A message without content.");
        return content.Actions.IsDefault ? content with { Actions = [] } : content;
    }
}
