using Actors.Api.Auth;
using Actors.Api.Limits;
using Actors.Notifications;
using Orleans;

namespace Actors.Api.Notifications.Users;

/// <summary>Endpoint metadata: needs a token of a user or of one of his devices.</summary>
internal sealed record RequiredUser;

/// <summary>Lets users in by their tokens.</summary>
internal static class UserAccess
{
    private const string Misses = "user-token";
    private const string Bearer = "Bearer ";

    /// <summary>Only users get in; <see cref="CallerOf"/> tells who.</summary>
    /// <param name="builder">The routes.</param>
    public static TBuilder RequireUser<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder
            .WithMetadata(new RequiredUser())
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .AddEndpointFilter(static async (context, next) => await AdmitAsync(context.HttpContext) is { } refusal ? refusal : await next(context));

    /// <summary>Who calls.</summary>
    public static UserCaller CallerOf(this HttpContext http) => (UserCaller)http.Items[typeof(UserCaller)]!;

    /// <summary>The user himself; a device may only act for itself.</summary>
    public static (string User, IResult? Refusal) UserOf(this HttpContext http) =>
        http.CallerOf() is { Device: null, User: var user } ? (user, null) : ("", PushRefusals.DeviceTokenOnly.ToResult());

    /// <summary>The user's grain.</summary>
    public static IUserGrain GrainOf(this IGrainFactory grains, HttpContext http) => grains.GetUserGrain(new UserKey(http.CallerOf().User));

    /// <summary>Finds out who calls; a refusal when that is nobody.</summary>
    public static async ValueTask<IResult?> AdmitAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (TokenOf(http.Request) is not { } token)
        {
            return PushRefusals.UserTokenNeeded.ToResult("Send a token of POST /api/users/{id}/tokens: Authorization: Bearer usr_…");
        }

        var (caller, isExpired) = await http.RequestServices.GetRequiredService<UserTokens>().ReadAsync(token, http.RequestAborted);
        if (caller is null)
        {
            return await http.CountMissAsync(Misses) is { } wait ? http.TooManyMisses(wait) : PushRefusals.UserTokenNeeded.ToResult("This is no token of a user.");
        }

        if (isExpired)
        {
            return PushRefusals.UserTokenExpired.ToResult();
        }

        http.Items[typeof(UserCaller)] = caller;
        return caller.Device is { } device && !await http.RequestServices.GetRequiredService<IGrainFactory>().GrainOf(http).HasDeviceAsync(device)
            ? PushRefusals.UserTokenExpired.ToResult("The device was removed.")
            : null;
    }

    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : request.Path.StartsWithSegments(TokenAuthenticationHandler.HubPrefix, StringComparison.Ordinal) && request.Query["access_token"] is [{ Length: > 0 } token] ? token
            : null;
    }
}
