using System.Text.Json;
using Actors.Printing;

namespace Actors.Api.Printing.Terminals;

/// <summary>What a terminal that can do more than print-api's says.</summary>
/// <param name="Abilities">It says what it can do.</param>
/// <param name="Acknowledged">It has this job.</param>
/// <param name="Reported">It tells of this job.</param>
/// <param name="Progress">How far that is.</param>
internal sealed record TerminalMessage(TerminalAbilities? Abilities = null, Guid? Acknowledged = null, Guid? Reported = null, PrintProgress? Progress = null)
{
    /// <summary>Longest message in bytes.</summary>
    public const int MaxBytes = 4 << 10;

    private const int MaxReason = 100;
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 4 };

    /// <summary>Reads <c>{"hello":{…}}</c>, <c>{"ack":id}</c> or <c>{"id","state",…}</c>; null for anything else.</summary>
    public static TerminalMessage? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, s_options);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root ? Read(root) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TerminalMessage? Read(JsonElement root)
    {
        if (root.TryGetProperty("hello", out var hello))
        {
            return hello.ValueKind is JsonValueKind.Object ? new(new TerminalAbilities(Flag(hello, "ack"), Flag(hello, "progress"))) : null;
        }

        if (root.TryGetProperty("ack", out var acknowledged))
        {
            return Id(acknowledged) is { } id ? new(Acknowledged: id) : null;
        }

        return root.TryGetProperty("id", out var reported) && Id(reported) is { } job && root.TryGetProperty("state", out var said) && State(said) is { } state
            ? new(Reported: job, Progress: new PrintProgress(state, Number(root, "sheet"), Number(root, "of"), Reason(root)))
            : null;
    }

    /// <summary>Reads <c>{"id","state",…}</c>; null for anything else.</summary>
    public static TerminalMessage? Report(JsonElement said)
    {
        try
        {
            return said.ValueKind is JsonValueKind.Object && Read(said) is { Reported: not null } report ? report : null;
        }
        catch (InvalidOperationException)
        {
            // a text with half a surrogate pair
            return null;
        }
    }

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static Guid? Id(JsonElement element) =>
        element.ValueKind is JsonValueKind.String && Guid.TryParse(element.GetString(), out var id) ? id : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number : null;

    private static string? Reason(JsonElement element) =>
        element.TryGetProperty("reason", out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: <= MaxReason } reason ? reason : null;

    private static PrintState? State(JsonElement element) => element.ValueKind is not JsonValueKind.String ? null : element.GetString() switch
    {
        "printing" => PrintState.Printing,
        "stopped" => PrintState.Stopped,
        "done" => PrintState.Done,
        "failed" => PrintState.Failed,
        _ => null,
    };
}
