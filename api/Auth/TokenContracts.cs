using System.ComponentModel.DataAnnotations;

namespace Actors.Api.Auth;

/// <summary>A token to make.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record NewToken(
    [property: Required, StringLength(TokenService.MaxNameLength, MinimumLength = 1)] string Name,
    [property: Required, MinLength(1), MaxLength(32)] IReadOnlyList<string> Scopes);

/// <summary>A token that was just made; its secret is shown this once.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Token">The secret.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record CreatedToken(string Id, string Token, string Name, IReadOnlyList<string> Scopes);

/// <summary>A token in force.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record TokenInfo(string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt);

/// <summary>The tokens in force.</summary>
/// <param name="Tokens">The oldest first.</param>
public sealed record TokenList(IReadOnlyList<TokenInfo> Tokens);
