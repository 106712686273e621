using Actors.Api.Auth;
using Actors.Api.Meetings.Links;
using Actors.Api.Meetings.Lobby;
using Actors.Api.Meetings.Wire;
using Actors.Api.Problems;
using Actors.Silo.Meetings;

namespace Actors.Api.Meetings;

/// <summary>The front of meetings.</summary>
internal static class MeetingsExtensions
{
    private const string Prefix = "/bbb";

    public static void AddMeetingsServices(this IServiceCollection services)
    {
        BbbSettings.Use(services);
        services.AddSingleton(new ErrorShapePath(Prefix, Envelope.Shape));
        services.AddSingleton<LobbyRooms>();
        services.AddHostedService(provider => provider.GetRequiredService<LobbyRooms>());
    }

    /// <summary>Pages of any site may ask whether a meeting runs: its guid is all that they need.</summary>
    public static void UseMeetingsOrigins(this WebApplication app) => app.UseWhen(
        static context => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase)
            && context.Request.Path.Value!.TrimEnd('/').EndsWith("/is-running", StringComparison.OrdinalIgnoreCase),
        static branch => branch.UseCors(static policy => policy.AllowAnyOrigin().WithMethods("GET").AllowAnyHeader().WithExposedHeaders("Retry-After")));

    public static void MapMeetingsEndpoints(this WebApplication app)
    {
        var meetings = app.MapGroup(Prefix + "/{slug}/meeting").WithMetadata(Envelope.Shape).AddEndpointFilter<FailureFilter>().WithTags("Meetings");
        meetings.MapMeetings();
        meetings.MapJoins();
        meetings.MapLinks();
        meetings.MapLinkJoins();
        app.MapGet("/api/meetings/servers", CheckAsync).RequireScope(Scopes.MeetingsRead).AddEndpointFilter<FailureFilter>().WithTags("Meetings").WithName("checkMeetingServers")
            .WithSummary("Tries the BigBlueButton servers of the settings: address, secret, clock; and says what to do.").Produces<IReadOnlyList<ServerCheckBody>>();
        app.MapLobby();
    }

    private static async Task<IResult> CheckAsync(BbbCheck check, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok((await check.RunAsync(http.RequestAborted)).Select(ServerCheckBody.Of));
    }
}
