using System.Collections.Immutable;
using System.Security.Claims;
using Actors.Silo.Storage;

namespace Actors.Api.Auth;

/// <summary>Who calls: a token in force.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(string Id, string Name, ImmutableArray<string> Scopes)
{
    private const string ScopeClaim = "scope";

    public static Caller Of(ApiToken token) => new(token.Id, token.Name, token.Scopes);

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Id), new Claim(ClaimTypes.Name, Name), .. Scopes.Select(scope => new Claim(ScopeClaim, scope))], scheme));

    public static bool HasScope(ClaimsPrincipal user, string scope) => user.HasClaim(ScopeClaim, scope) || user.HasClaim(ScopeClaim, Auth.Scopes.Admin);

    /// <summary>The id of the token by which the user came in, or null.</summary>
    public static string? IdOf(ClaimsPrincipal user) => user.FindFirst(ClaimTypes.NameIdentifier)?.Value;
}
