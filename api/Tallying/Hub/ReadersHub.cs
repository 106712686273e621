using System.Text.Json;
using Actors.Api.Hubs;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Tallying.Hub;

/// <summary>Readers' pages that are online: scans are answered and other readers' scans pushed. It never holds truth.</summary>
internal sealed class ReadersHub(TallySync sync, ReaderConnections connections) : Microsoft.AspNetCore.SignalR.Hub
{
    /// <summary>The value of <c>order</c> of a page that takes events as they arrive.</summary>
    private const string ByArrival = "arrival";

    public override Task OnConnectedAsync()
    {
        var query = Context.GetHttpContext()?.Request.Query;
        return Uuids.TryParse(query?["reader"], out var reader)
            ? connections.OpenAsync(reader, Context.Features.GetRequiredFeature<HubConnectionContext>(), inOrder: (string?)query?["order"] != ByArrival)
            : throw HubRefusals.Refuse(TallyRefusals.ReaderUnknown);
    }

    public override Task OnDisconnectedAsync(Exception? exception) => connections.CloseAsync(Context.ConnectionId);

    /// <summary>One scan: <c>{certificate,event,timestamp,now?,more?}</c>; the decision.</summary>
    public async Task<JsonElement> Scan(JsonElement scan)
    {
        if (SyncBody.ParseScan(scan, out var error) is not { } request)
        {
            throw HubRefusals.Refuse(Refusals.Invalid, error);
        }

        var (results, status, _) = await sync.HandInAsync(connections.ReaderOf(Context.ConnectionId), request, Context.ConnectionAborted);
        return status == ReaderStatus.Usable ? HubAnswers.Scan(results[0]) : throw HubRefusals.Refuse(TallyRefusals.Of(status)!);
    }

    /// <summary>Scans and a cursor: <c>{events,cursor,now?,limit?,more?}</c>; what was seen since, and the decisions.</summary>
    public async Task<JsonElement> Sync(JsonElement body)
    {
        if (!SyncBody.TryParse(body, out var request, out var error))
        {
            throw HubRefusals.Refuse(Refusals.Invalid, error);
        }

        var (answer, status) = await sync.RunAsync(connections.ReaderOf(Context.ConnectionId), request, Context.ConnectionAborted);
        return HubAnswers.Sync(answer ?? throw HubRefusals.Refuse(TallyRefusals.Of(status)!));
    }
}
