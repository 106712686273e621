using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Actors.Api.Hubs;

/// <summary>Records of the JSON hub protocol, written once and sent to any number of connections.</summary>
internal static class HubRecords
{
    public const string Protocol = "json";
    public const byte Separator = 0x1E;

    /// <summary>A call of a method of the page, whose one argument is an object.</summary>
    public static SerializedHubMessage Invocation(string target, Action<Utf8JsonWriter> members) => Call(target, json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    /// <summary>A call of a method of the page with one argument.</summary>
    public static SerializedHubMessage Call(string target, Action<Utf8JsonWriter> argument)
    {
        var record = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(record))
        {
            json.WriteStartObject();
            json.WriteNumber("type"u8, HubProtocolConstants.InvocationMessageType);
            json.WriteString("target"u8, target);
            json.WriteStartArray("arguments"u8);
            argument(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        record.Write([Separator]);
        return new SerializedHubMessage([new SerializedMessage(Protocol, record.WrittenMemory)]);
    }
}
