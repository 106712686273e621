using System.Text.Json;
using Actors.Api.Auth;
using Actors.Api.Hubs;
using Actors.Api.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Printing.Terminals;

/// <summary>Kiosks' pages. It never holds truth: what was not acknowledged comes again with the next connection.</summary>
internal sealed class TerminalsHub(TerminalPages pages, PrintDesk desk, PinGuard guard) : Hub
{
    public override Task OnConnectedAsync() =>
        pages.OpenAsync(Caller.IdOf(Context.User!)!, Context.Features.GetRequiredFeature<HubConnectionContext>());

    public override Task OnDisconnectedAsync(Exception? exception) => pages.CloseAsync(Context.ConnectionId);

    /// <summary>Before it prints: whether it is to. A job that was taken back, or that another connection has, is not.</summary>
    public Task<bool> Acknowledge(Guid id)
    {
        var page = pages.Of(Context.ConnectionId);
        return pages.GrainOf(page).AcknowledgeAsync(page.Id, id);
    }

    /// <summary>How far it is: <c>{id,state,sheet,of,reason}</c>.</summary>
    public Task Progress(JsonElement report)
    {
        if (TerminalMessage.Report(report) is not { } said)
        {
            throw HubRefusals.Refuse(Refusals.Invalid, "A report is {id,state,sheet,of,reason}; state is printing, stopped, done or failed.");
        }

        var page = pages.Of(Context.ConnectionId);
        return pages.GrainOf(page).ReportAsync(page.Id, said.Reported!.Value, said.Progress!);
    }

    /// <summary>Prints a file here, by its pin: <c>{id,files,sheets}</c>; the job itself comes as any other.</summary>
    public async Task<PrintedJob> Print(string pin)
    {
        var page = pages.Of(Context.ConnectionId);
        var answer = await guard.AnswerAsync(
            guard.TerminalOf(page.Terminal), () => desk.PrintAsync(page.Terminal, token: null, [pin], Context.ConnectionAborted),
            static answer => PinGuard.IsMiss(answer.Refusal), Context.ConnectionAborted);
        if (answer.Wait is { } wait)
        {
            throw HubRefusals.Refuse(Refusals.TooManyMisses, $"Too many wrong pins here; try again in {Math.Ceiling(wait.TotalMinutes)} min.");
        }

        return answer.Value!.Job ?? throw HubRefusals.Refuse(answer.Value.Refusal!, answer.Value.English);
    }
}
