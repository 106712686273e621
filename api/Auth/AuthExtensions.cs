using Microsoft.AspNetCore.Authorization;

namespace Actors.Api.Auth;

/// <summary>Tokens with scopes.</summary>
internal static class AuthExtensions
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<MachineKey>();
        services.AddSingleton<TokenService>();
        services.AddSingleton<AdminToken>();
        services.AddSingleton<IAuthorizationHandler, RequiredScopeHandler>();
        // AddAuthentication would also make data protection keys, which nothing here uses
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, displayName: null);
            authentication.DefaultScheme = TokenAuthenticationHandler.SchemeName;
        });
        services.AddWebEncoders();
        services.AddTransient<TokenAuthenticationHandler>();
        services.AddAuthorization();
    }

    /// <summary>Only callers with a token of this scope (or admin) get in.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        if (!Scopes.IsKnown(scope))
        {
            throw new ArgumentException($"There is no scope '{scope}'.", nameof(scope));
        }

        var required = new RequiredScope(scope);
        return builder
            .WithMetadata(required)
            .RequireAuthorization(new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .AddRequirements(required)
                .Build());
    }
}
