using System.Text.Json;
using Actors.Api.Printing.Wire;
using Actors.Printing;

namespace Actors.Api.Printing.Terminals;

/// <summary>What a terminal is sent: JSON texts, one message a frame; all but refusals have a QR token.</summary>
internal static class TerminalFrames
{
    public const string NotAuthenticated = "Not authenticated";
    public const string Unauthorized = "Unauthorized";
    public const string TokenUsed = "Token already used";

    public static byte[] Token(string qrToken) => Frame(qrToken, static _ => { });

    public static byte[] Error(string error) => PrintJson.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteEndObject();
    });

    public static byte[] Item(string qrToken, TerminalItem item, bool withId) => Frame(qrToken, json =>
    {
        if (withId)
        {
            json.WriteString("id", item.Id.ToString("N"));
        }

        if (item.Command is { } command)
        {
            json.WriteBoolean(command is TerminalCommand.Reboot ? "reboot" : "manual_update", value: true);
            return;
        }

        json.WriteStartArray("files");
        foreach (var file in item.Files)
        {
            json.WriteStartObject();
            json.WriteString("filename", file.StoredName);
            OptionsBody.Write(json, file.Options);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static byte[] Frame(string qrToken, Action<Utf8JsonWriter> members) => PrintJson.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("qr_token", qrToken);
        members(json);
        json.WriteEndObject();
    });
}
