using Actors.Api.Problems;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Hubs;

/// <summary>Refusals of hubs.</summary>
internal static class HubRefusals
{
    /// <summary>A refusal: the message starts with the same code as on HTTP.</summary>
    public static HubException Refuse(Problem problem, string? detail = null) => new($"{problem.Code}: {detail ?? problem.Title}");
}
