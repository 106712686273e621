using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Limits;
using Actors.Api.Printing.Wire;
using Actors.Api.Problems;
using Actors.Printing;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Commands to terminals, by their tokens.</summary>
internal static class AdminEndpoints
{
    private const int MaxBodyBytes = 16 << 10;
    private const string Misses = "terminal-token";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapAdmin(this IEndpointRouteBuilder print)
    {
        var admin = print.MapGroup("/admin").RequireScope(Scopes.PrintTerminalService);
        admin.MapPost("/update", (HttpContext http, TokenService tokens, IGrainFactory grains, TimeProvider time) => SendAsync(http, tokens, grains, time, TerminalCommand.Update))
            .LimitMisses(Misses, PrintRefusals.UnknownTerminal).WithExample(PrintExamples.Terminal, PrintExamples.Done).WithSummary("Has a terminal look for a new version of itself.");
        admin.MapPost("/reboot", (HttpContext http, TokenService tokens, IGrainFactory grains, TimeProvider time) => SendAsync(http, tokens, grains, time, TerminalCommand.Reboot))
            .LimitMisses(Misses, PrintRefusals.UnknownTerminal).WithExample(PrintExamples.Terminal, PrintExamples.Done).WithSummary("Has a terminal start again.");
    }

    /// <summary>Queues a command; it comes to the terminal when that is there.</summary>
    public static async Task<IResult> QueueAsync(IGrainFactory grains, TimeProvider time, string terminal, TerminalCommand command, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var status = await Retry.UntilAnsweredAsync(
            _ => grains.GetTerminalGrain(new TerminalKey(terminal)).CommandAsync(id, command), Patience, time, cancellationToken);
        return status is QueueStatus.Full ? PrintRefusals.TerminalFull.ToResult() : FileEndpoints.Done();
    }

    private static async Task<IResult> SendAsync(HttpContext http, TokenService tokens, IGrainFactory grains, TimeProvider time, TerminalCommand command)
    {
        var (body, refusal) = await PrintBodies.ReadAsync(
            http, MaxBodyBytes, (json, faults) => json.Text(faults, ["body", "terminal_token"]) is { } text ? new TerminalBody(text) : null);
        if (body is null)
        {
            return refusal!;
        }

        var terminal = body.Token.Length <= TokenSecret.MaxLength ? await tokens.FindAsync(body.Token, http.RequestAborted) : null;
        return terminal is not null && terminal.Scopes.Contains(Scopes.PrintQrTaskGet)
            ? await QueueAsync(grains, time, terminal.Id, command, http.RequestAborted)
            : PrintRefusals.UnknownTerminal.ToResult();
    }

    private sealed record TerminalBody(string Token);
}
