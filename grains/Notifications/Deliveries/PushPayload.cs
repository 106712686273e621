using System.Buffers;
using System.Text.Json;

namespace Actors.Notifications.Deliveries;

/// <summary>What a push carries, for the service worker (protocols/push.md).</summary>
internal static class PushPayload
{
    /// <summary>Bridges to old Androids carry no more (facts.md, section 3.1).</summary>
    public const int MaxBytes = 2_700;

    private const string Ellipsis = "…";

    /// <summary>A notification, with as much of its text as fits; the whole is on the user's list.</summary>
    public static byte[] Show(string id, NotificationContent content)
    {
        var bytes = Write(id, content);
        if (bytes.Length > MaxBytes)
        {
            // what only adorns goes first
            content = content with { Image = null, Icon = null };
            bytes = Write(id, content);
        }

        for (var body = content.Body; bytes.Length > MaxBytes && body.Length > 0;)
        {
            body = Cut(body, bytes.Length - MaxBytes);
            bytes = Write(id, content with { Body = body.Length > 0 ? body + Ellipsis : "" });
        }

        if (bytes.Length > MaxBytes)
        {
            content = content with { Body = "", Actions = [.. content.Actions.Select(action => action with { Url = null })] };
            bytes = Write(id, content);
        }

        return bytes.Length > MaxBytes ? Write(id, content with { Url = null }) : bytes;
    }

    /// <summary>Takes a notification away.</summary>
    public static byte[] Remove(string id) => Write(json =>
    {
        json.WriteString("id"u8, id);
        json.WriteString("tag"u8, id);
        json.WriteBoolean("remove"u8, true);
    });

    private static byte[] Write(string id, NotificationContent content) => Write(json =>
    {
        json.WriteString("id"u8, id);
        json.WriteString("tag"u8, content.Topic is { } topic ? "topic:" + topic : id);
        json.WriteString("origin"u8, content.Origin);
        json.WriteString("summary"u8, content.Summary);
        json.WriteString("body"u8, content.Body);
        WriteText(json, "url"u8, content.Url);
        WriteText(json, "icon"u8, content.Icon);
        WriteText(json, "image"u8, content.Image);
        WriteText(json, "locale"u8, content.Locale);
        if (content.ValidTo is { } end)
        {
            json.WriteString("validTo"u8, end.UtcDateTime);
        }

        json.WriteStartArray("actions"u8);
        foreach (var action in content.Actions)
        {
            json.WriteStartObject();
            json.WriteString("action"u8, action.Action);
            json.WriteString("title"u8, action.Title);
            WriteText(json, "url"u8, action.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Without its end, by at least a sixth of what is too much: a character is six bytes at most. Never half a pair.</summary>
    private static string Cut(string text, int bytes)
    {
        var length = Math.Max(0, text.Length - Math.Max(1, bytes / 6) - Ellipsis.Length);
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
