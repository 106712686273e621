using System.Text.Json.Nodes;
using Actors.TestKit.Hubs;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Printing;

/// <summary>A kiosk's page, as the hub knows it.</summary>
internal sealed class KioskPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly HubClient _hub;

    private KioskPage(HubClient hub) => _hub = hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<KioskPage> OpenAsync(ApiProcess process, string token) =>
        new(await HubClient.ConnectAsync(new Uri(process.BaseAddress, $"/hubs/terminals?access_token={token}"), Cancel));

    /// <summary>The next message of a kind; others are passed over.</summary>
    public async Task<JsonNode> NextAsync(string kind)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        late.CancelAfter(Patience);
        while (true)
        {
            var heard = await _hub.Events.ReadAsync(late.Token);
            if (heard.Method == kind)
            {
                return JsonNode.Parse(heard.Arguments[0].GetRawText())!;
            }
        }
    }

    /// <summary>Waits until the server ends the connection; why it does.</summary>
    public async Task<string?> ClosedAsync()
    {
        while (await _hub.Events.WaitToReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel))
        {
            _hub.Events.TryRead(out _);
        }

        return _hub.Reason;
    }

    public async Task<bool> AcknowledgeAsync(string id) => (await _hub.InvokeAsync("Acknowledge", Cancel, id)).GetBoolean();

    public Task ProgressAsync(string id, string state, int? sheet = null, int? of = null, string? reason = null) =>
        _hub.InvokeAsync("Progress", Cancel, new { id, state, sheet, of, reason });

    public async Task<JsonNode> PrintAsync(string pin) => JsonNode.Parse((await _hub.InvokeAsync("Print", Cancel, pin)).GetRawText())!;

    public Task SendGarbageAsync() => _hub.InvokeAsync("Progress", Cancel, new { state = "on fire" });

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
