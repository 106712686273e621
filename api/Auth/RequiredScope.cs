using Microsoft.AspNetCore.Authorization;

namespace Actors.Api.Auth;

/// <summary>Endpoint metadata and requirement: a token with this scope, or with the scope admin.</summary>
internal sealed record RequiredScope(string Scope) : IAuthorizationRequirement;

internal sealed class RequiredScopeHandler : AuthorizationHandler<RequiredScope>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiredScope requirement)
    {
        if (Caller.HasScope(context.User, requirement.Scope))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
