using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Actors.Api.Problems;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Actors.Api.Hubs;

/// <summary>
/// The JSON hub protocol whose errors begin with their code. The framework puts words of its own before the message of
/// a <see cref="HubException"/>, and has no code at all for calls that it refuses itself.
/// </summary>
internal sealed class CodedHubProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    /// <summary>Larger than any synchronisation that a page makes over the hub; more goes by HTTP.</summary>
    public const int MaxMessageBytes = 1 << 20;

    private const string Marker = "HubException: ";

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(WithCode(message));

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(WithCode(message), output);

    /// <summary>Ends the connection of who sends too much or no message: what follows could not be told from the rest of it.</summary>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (input.Length > MaxMessageBytes && input.Slice(0, MaxMessageBytes).PositionOf(HubRecords.Separator) is null)
        {
            throw HubRefusals.Refuse(Refusals.TooLarge, $"A message has {MaxMessageBytes} bytes at most; hand in more scans by HTTP.");
        }

        try
        {
            return _json.TryParseMessage(ref input, binder, out message);
        }
        catch (InvalidDataException)
        {
            throw HubRefusals.Refuse(Refusals.Malformed);
        }
    }

    private static HubMessage WithCode(HubMessage message) => message switch
    {
        CompletionMessage { Error: { } error, InvocationId: { } id } completion =>
            new CompletionMessage(id, WithCode(error, Refusals.Invalid), result: null, hasResult: false) { Headers = completion.Headers },
        CloseMessage { Error: { } error } close => new CloseMessage(WithCode(error, Refusals.Internal), close.AllowReconnect),
        _ => message,
    };

    private static string WithCode(string error, Problem otherwise)
    {
        var at = error.IndexOf(Marker, StringComparison.Ordinal);
        var text = at < 0 ? error : error[(at + Marker.Length)..];
        return HasCode(text) ? text : $"{otherwise.Code}: {text}";
    }

    private static bool HasCode(string text)
    {
        var end = text.IndexOf(": ", StringComparison.Ordinal);
        return end > 0 && !text.AsSpan(0, end).ContainsAnyExcept(CodeCharacters);
    }
}
