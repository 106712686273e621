using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Printing.Wire;
using Microsoft.AspNetCore.Authorization;

namespace Actors.Api.Printing;

/// <summary>Who a token is: the terminal's program asks when it starts, and takes a flat object of texts only.</summary>
internal static class MeEndpoint
{
    public static void MapMe(this IEndpointRouteBuilder app) =>
        app.MapGet("/auth/me", (HttpContext http) => PrintJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", Caller.IdOf(http.User));
            json.WriteString("name", http.User.Identity?.Name);
            json.WriteEndObject();
        })).RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .WithMetadata(StatusBody.Shape).WithTags("Printing").WithExample(answer: PrintExamples.Me).WithName("me").WithSummary("The token that the request came with.");
}
