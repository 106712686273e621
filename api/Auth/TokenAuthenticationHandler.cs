using System.Text.Encodings.Web;
using Actors.Api.Limits;
using Actors.Api.Notifications.Users;
using Actors.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Actors.Api.Auth;

/// <summary><c>Authorization: Bearer …</c> (also <c>token …</c>, or the bare token), or for hubs, whose browser clients cannot set headers, <c>?access_token=…</c>.</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenService tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";
    public const string HubPrefix = "/hubs";
    private const string Misses = "token";

    // print-api's clients write "token", or nothing at all before it
    private static readonly string[] s_schemes = ["Bearer ", "token "];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var secret = ReadSecret();
        if (secret is null || secret.StartsWith(UserTokens.Prefix, StringComparison.Ordinal))
        {
            return AuthenticateResult.NoResult();
        }

        // first the token: too long to be guessed, it must not be locked out by others behind the same address
        if (await tokens.FindAsync(secret, Context.RequestAborted) is { } caller)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name));
        }

        if (await Context.CountMissAsync(Misses) is { } wait)
        {
            Context.Items[typeof(TokenAuthenticationHandler)] = wait;
            return AuthenticateResult.Fail("too many wrong tokens");
        }

        return AuthenticateResult.Fail("unknown token");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Items[typeof(TokenAuthenticationHandler)] is TimeSpan wait)
        {
            await Context.TooManyMisses(wait).ExecuteAsync(Context);
            return;
        }

        var failed = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        Response.Headers.WWWAuthenticate = failed ? """Bearer realm="actors", error="invalid_token" """.TrimEnd() : """Bearer realm="actors" """.TrimEnd();
        await Context.WriteProblemAsync(Refusals.Unauthenticated, failed ? "The token is unknown or was revoked." : "Send a token: Authorization: Bearer …");
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope;
        if (scope is null)
        {
            await Context.WriteProblemAsync(Refusals.Forbidden);
            return;
        }

        Response.Headers.WWWAuthenticate = $"Bearer realm=\"actors\", error=\"insufficient_scope\", scope=\"{scope}\"";
        await Context.WriteProblemAsync(Refusals.MissingScope, $"The token has no scope {scope}.", ("scope", scope));
    }

    private string? ReadSecret()
    {
        var header = Request.Headers.Authorization.ToString().Trim();
        foreach (var scheme in s_schemes)
        {
            if (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return header[scheme.Length..].Trim();
            }
        }

        if (header.Length > 0 && !header.Contains(' ', StringComparison.Ordinal))
        {
            return header;
        }

        return Request.Path.StartsWithSegments(HubPrefix, StringComparison.Ordinal) && Request.Query["access_token"] is [{ Length: > 0 } token]
            ? token
            : null;
    }
}
