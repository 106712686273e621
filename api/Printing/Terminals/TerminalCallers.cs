using System.Security.Claims;
using Actors.Api.Auth;

namespace Actors.Api.Printing.Terminals;

/// <summary>Callers that are terminals.</summary>
internal static class TerminalCallers
{
    /// <summary>The terminal's id, or null: an admin may do what a terminal does, and is none.</summary>
    public static string? IdOf(ClaimsPrincipal user) =>
        Caller.HasScope(user, Scopes.PrintQrTaskGet) && !Caller.HasScope(user, Scopes.Admin) ? Caller.IdOf(user) : null;
}
