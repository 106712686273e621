using Actors.Api.Hubs;
using Actors.Printing;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Printing.Terminals;

/// <summary>What a kiosk's page is sent (protocols/hubs.md).</summary>
internal static class TerminalMessages
{
    public static SerializedHubMessage Token(string qrToken, DateTimeOffset expires) => HubRecords.Invocation("Token", json =>
    {
        json.WriteString("qrToken", qrToken);
        json.WriteString("expires", expires);
    });

    public static SerializedHubMessage Item(TerminalItem item) => item.Command is { } command ? Command(item.Id, command) : HubRecords.Invocation("Job", json =>
    {
        json.WriteString("id", item.Id);
        json.WriteStartArray("files");
        foreach (var file in item.Files)
        {
            json.WriteStartObject();
            json.WriteString("filename", file.StoredName);
            json.WriteString("name", file.Name);
            json.WriteNumber("sheets", file.Sheets);
            json.WriteStartObject("options");
            json.WriteString("pages", file.Options.Pages);
            json.WriteNumber("copies", file.Options.Copies);
            json.WriteBoolean("twoSided", file.Options.TwoSided);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static SerializedHubMessage Cancelled(Guid item) => HubRecords.Call("Cancelled", json => json.WriteStringValue(item));

    private static SerializedHubMessage Command(Guid id, TerminalCommand command) => HubRecords.Invocation("Command", json =>
    {
        json.WriteString("id", id);
        json.WriteString("command", command is TerminalCommand.Reboot ? "reboot" : "update");
    });
}
