using Actors.Api.Problems;
using Actors.Silo.Storage;

namespace Actors.Api.Auth;

/// <summary>Tokens over HTTP, for admins.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").RequireScope(Scopes.Admin).WithTags("Tokens");
        tokens.MapPost("", CreateAsync).WithName("createToken").WithSummary("Makes a token; its secret is in this answer and nowhere else.")
            .Produces<CreatedToken>(StatusCodes.Status201Created).ProducesValidationProblem();
        tokens.MapGet("", ListAsync).WithName("listTokens").WithSummary("The tokens in force, without their secrets.")
            .Produces<TokenList>();
        tokens.MapDelete("{id}", RevokeAsync).WithName("revokeToken").WithSummary("Ends a token at once.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CreateAsync(NewToken body, TokenService service, HttpContext http, CancellationToken cancellationToken)
    {
        if (!TokenService.IsName(body.Name))
        {
            return Refusals.Invalid.ToResult(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["name"] = [$"1 to {TokenService.MaxNameLength} characters in one line."] });
        }

        var unknown = body.Scopes.Where(scope => !Scopes.IsKnown(scope)).Select(scope => $"There is no scope '{scope}'.").ToArray();
        if (unknown.Length > 0)
        {
            return Refusals.Invalid.ToResult(new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["scopes"] = [.. unknown, $"The scopes are: {string.Join(", ", Scopes.All)}."],
            });
        }

        var (token, secret) = await service.CreateAsync(body.Name, body.Scopes, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/api/tokens/{token.Id}", new CreatedToken(token.Id, secret, token.Name, token.Scopes));
    }

    private static async Task<IResult> ListAsync(TokenService service, CancellationToken cancellationToken) =>
        Results.Ok(new TokenList([.. (await service.ListAsync(cancellationToken)).Select(ToInfo)]));

    public static TokenInfo ToInfo(ApiToken token) => new(token.Id, token.Name, token.Scopes, token.CreatedAt);

    private static async Task<IResult> RevokeAsync(string id, TokenService service, CancellationToken cancellationToken) =>
        await service.RevokeAsync(id, cancellationToken) ? Results.NoContent() : Refusals.NotFound.ToResult();
}
