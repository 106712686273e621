using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Actors.Api.Auth;
using Actors.Api.Problems;
using Actors.Printing;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Terminals, for the staff.</summary>
internal static class TerminalEndpoints
{
    public static void MapTerminals(this IEndpointRouteBuilder app)
    {
        var terminals = app.MapGroup("/api/print/terminals").RequireScope(Scopes.PrintTerminalService).WithTags("Printing");
        terminals.MapPost("", CreateAsync).WithName("createTerminal").WithSummary("Makes a terminal's token; its secret is in this answer and nowhere else.")
            .Produces<CreatedTerminal>(StatusCodes.Status201Created).ProducesValidationProblem();
        terminals.MapGet("", ListAsync).WithName("listTerminals").WithSummary("The terminals, whether they are there, and their jobs of late.")
            .Produces<TerminalList>();
        terminals.MapPost("{id}/commands", CommandAsync).WithName("commandTerminal").WithSummary("Has a terminal look for a new version of itself, or start again.")
            .Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesValidationProblem();
    }

    private static async Task<IResult> CreateAsync(NewTerminal body, TokenService tokens, HttpContext http, CancellationToken cancellationToken)
    {
        if (!TokenService.IsName(body.Name))
        {
            return BadName();
        }

        var (token, secret) = await tokens.CreateAsync(body.Name, [Scopes.PrintQrTaskGet], cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/api/print/terminals/{token.Id}", new CreatedTerminal(token.Id, secret, token.Name));
    }

    /// <summary>What cannot be a terminal's name.</summary>
    public static IResult BadName() => Refusals.Invalid.ToResult(
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["name"] = [$"1 to {TokenService.MaxNameLength} characters in one line."] });

    private static async Task<IResult> ListAsync(TokenService tokens, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var known = (await tokens.ListAsync(cancellationToken)).Where(token => TerminalNames.IsTerminal(token.Scopes)).ToList();
        var states = await Task.WhenAll(known.Select(token => grains.GetTerminalGrain(new TerminalKey(token.Id)).GetAsync()));
        return Results.Ok(new TerminalList([.. known.Zip(states, (token, state) => new TerminalBody(
            token.Id, token.Name, state.IsConnected, state.SeenAt, state.Waiting, [.. state.Jobs.Select(JobBody.Of)]))]));
    }

    private static async Task<IResult> CommandAsync(
        string id, NewCommand body, TokenService tokens, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(await tokens.ListAsync(cancellationToken)).Any(token => token.Id == id && TerminalNames.IsTerminal(token.Scopes)))
        {
            return Refusals.NotFound.ToResult("There is no terminal with this id.");
        }

        await AdminEndpoints.QueueAsync(grains, time, id, body.Command, cancellationToken);
        return Results.Accepted();
    }
}

/// <summary>A terminal to make.</summary>
/// <param name="Name">What the staff call it.</param>
public sealed record NewTerminal([property: Required, StringLength(TokenService.MaxNameLength, MinimumLength = 1)] string Name);

/// <summary>A terminal that was just made; its secret is shown this once.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Token">What it comes with.</param>
/// <param name="Name">Its name.</param>
public sealed record CreatedTerminal(string Id, string Token, string Name);

/// <summary>The terminals.</summary>
/// <param name="Terminals">The oldest first.</param>
public sealed record TerminalList(ImmutableArray<TerminalBody> Terminals);

/// <summary>A terminal.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Connected">Whether it is there.</param>
/// <param name="SeenAt">When it was there last, or null.</param>
/// <param name="Waiting">Jobs and commands that it has not taken.</param>
/// <param name="Jobs">The newest first; a few.</param>
public sealed record TerminalBody(string Id, string Name, bool Connected, DateTimeOffset? SeenAt, int Waiting, ImmutableArray<JobBody> Jobs);

/// <summary>A job of a terminal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Files">How many files.</param>
/// <param name="Sheets">How many sheets.</param>
/// <param name="State">Where it is.</param>
/// <param name="Sheet">At which sheet, when the terminal says so.</param>
/// <param name="Reason">Why it stands or failed, when the terminal says so.</param>
/// <param name="QueuedAt">Since when.</param>
public sealed record JobBody(Guid Id, int Files, int Sheets, PrintState State, int? Sheet, string? Reason, DateTimeOffset QueuedAt)
{
    internal static JobBody Of(PrintJobInfo job) =>
        new(job.Id, job.Files, job.Sheets, job.Progress.State, job.Progress.Sheet, job.Progress.Reason, job.QueuedAt);
}

/// <summary>A command to a terminal.</summary>
/// <param name="Command">update or reboot.</param>
public sealed record NewCommand([property: Required] TerminalCommand Command);
