using System.Text.Json;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Tallying.Hub;

/// <summary>Readers' pages that are online: scans are answered and other readers' scans pushed. It never holds truth.</summary>
internal sealed class ReadersHub(TallySync sync, ReaderConnections connections) : Microsoft.AspNetCore.SignalR.Hub
{
    public override Task OnConnectedAsync() =>
        Uuids.TryParse(Context.GetHttpContext()?.Request.Query["reader"], out var reader)
            ? connections.OpenAsync(Context.ConnectionId, reader, Clients.Caller, Context.ConnectionAborted)
            : throw HubAnswers.Refuse(TallyRefusals.ReaderUnknown);

    public override Task OnDisconnectedAsync(Exception? exception) => connections.CloseAsync(Context.ConnectionId);

    /// <summary>One scan: <c>{certificate,event,timestamp,now?}</c>; the decision.</summary>
    public async Task<JsonElement> Scan(JsonElement scan)
    {
        if (SyncBody.ParseEvent(scan, out var wrong) is not { } report)
        {
            throw HubAnswers.Refuse(Refusals.Invalid, wrong);
        }

        if (!SyncBody.TryReadNumber(scan, "now", out var now))
        {
            throw HubAnswers.Refuse(Refusals.Invalid, "'now' is no number of seconds.");
        }

        var request = new SyncRequest([report], After: 0, NumericCursor: false, now is { } seconds ? Times.FromSeconds(seconds) : null, Limit: 1, More: false);
        return HubAnswers.Scan((await RunAsync(request)).Results[0]);
    }

    /// <summary>Scans and a cursor: <c>{events,cursor,now?,limit?}</c>; what was seen since, and the decisions.</summary>
    public async Task<JsonElement> Sync(JsonElement body) =>
        SyncBody.TryParse(body, out var request, out var error)
            ? HubAnswers.Sync(await RunAsync(request))
            : throw HubAnswers.Refuse(Refusals.Invalid, error);

    private async Task<SyncAnswer> RunAsync(SyncRequest request)
    {
        var (answer, status) = await sync.RunAsync(connections.ReaderOf(Context.ConnectionId), request, Context.ConnectionAborted);
        return answer ?? throw HubAnswers.Refuse(TallyRefusals.Of(status)!);
    }
}
