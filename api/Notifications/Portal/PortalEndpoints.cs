using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Limits;
using Actors.Api.Notifications.Lists;
using Actors.Api.Notifications.Users;
using Actors.Api.Problems;
using Actors.Notifications;
using Actors.Silo.Notifications;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Notifications.Portal;

/// <summary>What a portal's server does: tokens for its users, messages to them.</summary>
internal static class PortalEndpoints
{
    private const string Example = """{"id":"permit-4711-ready","user":"ada","origin":"permits","summary":"Your permit is ready","body":"Bring your passport.","url":"https://portal.example.org/permits/4711","actions":[{"action":"ack","title":"OK"}],"ttl":86400,"urgency":"normal","topic":"permit-4711"}""";
    private const int IdSegment = 2;
    private const int MaxListedIds = 1_000;
    private const int MaxKey = 256;
    private const int KeyBytes = 24;
    private const int MaxOrigins = 1_000;
    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static void MapPortal(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/users/{id}/tokens", TokenAsync).RequireScope(Scopes.PushUser).WithTags("Notifications").WithName("createUserToken")
            .WithSummary("Makes a short-lived token with which a user's pages subscribe his browsers and show his notifications.")
            .Produces<UserTokenBody>().ProducesProblem(StatusCodes.Status400BadRequest);
        var messages = app.MapGroup("/api/notifications").RequireScope(Scopes.PushSend).WithTags("Notifications");
        messages.MapPost("", SendAsync).WithExample(Example).WithName("sendNotification")
            .WithSummary("Notifies a user, up to 100,000 users, or the members of a group. The same id, or the same Idempotency-Key, is the same notification.")
            .Produces<SentBody>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        messages.MapGet("{id}", GetAsync).WithName("getNotification").WithSummary("How a notification stands: told, delivered, failed, by device.")
            .Produces<MessageBody>().ProducesProblem(StatusCodes.Status404NotFound);
        app.MapGet("/api/push/services", ServicesAsync).RequireScope(Scopes.ConsoleRead).WithTags("Notifications").WithName("listPushServices")
            .WithSummary("What waits for which push service, and for how long.").Produces<IReadOnlyList<ServiceBody>>();
    }

    private static async Task<IResult> TokenAsync(UserTokens tokens, IOptions<PushSettings> settings, TimeProvider time, HttpContext http)
    {
        var id = Ids.FromPath(http, IdSegment);
        if (!Ids.IsUser(id))
        {
            return Refusals.Invalid.ToResult("A user's id has 1 to 128 characters.");
        }

        http.Response.Headers.CacheControl = "no-store";
        var expires = time.GetUtcNow() + settings.Value.UserTokenLifetime;
        return Results.Ok(new UserTokenBody(await tokens.ForUserAsync(id, expires, http.RequestAborted), expires));
    }

    private static async Task<IResult> SendAsync(HttpContext http, IGrainFactory grains, TimeProvider time)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > MaxKey)
        {
            return Refusals.Invalid.ToResult("An Idempotency-Key has 256 characters at most.");
        }

        var (read, refusal) = await Bodies.ReadAsync<SentMessage>(http, MessageReader.MaxBytes, body =>
        {
            try
            {
                using var document = JsonDocument.Parse(body, s_json);
                var (message, wrong) = document.RootElement.ValueKind is JsonValueKind.Object ? MessageReader.Read(document.RootElement, time.GetUtcNow()) : (null, "The body is no object.");
                return (message, wrong is null ? null : Refusals.Invalid.ToResult(wrong));
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException)
            {
                return (null, Refusals.Malformed.ToResult("The body is no JSON, too deep, names a member twice, or a text in it is no Unicode."));
            }
        });
        if (read is not { Command: var command })
        {
            return refusal!;
        }

        var id = read.Id ?? (key.Length > 0 ? IdOf(Caller.IdOf(http.User), key) : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)));
        if (await grains.GetMessageGrain(new MessageKey(id)).SendAsync(command) is SendStatus.NotUnique)
        {
            return PushRefusals.NotUnique.ToResult();
        }

        var ids = read.IsList && command.Users.Length <= MaxListedIds ? command.Users.Select(user => NotificationIds.OfMany(id, user)).ToList() : null;
        return Results.Accepted($"/api/notifications/{id}", new SentBody(id, ids));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, IGrainFactory grains)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!Ids.IsNotification(id))
        {
            return PushRefusals.NotificationUnknown.ToResult();
        }

        var message = grains.GetMessageGrain(new MessageKey(Ids.MessageOf(id)));
        return await message.GetAsync() is { } info
            ? Results.Ok(MessageBody.Of(id, info, await message.GetDeliveriesAsync(id)))
            : PushRefusals.NotificationUnknown.ToResult();
    }

    private static async Task<IResult> ServicesAsync(IDeliveryStore deliveries, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok((await deliveries.LengthsAsync(MaxOrigins, http.RequestAborted)).Select(queue => new ServiceBody(queue.Origin, queue.Waiting, queue.Oldest)));
    }

    /// <summary>Keys of one caller are not those of another.</summary>
    private static string IdOf(string? caller, string key) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{key}")).AsSpan(0, KeyBytes));
}

/// <summary>A token for a user's pages.</summary>
/// <param name="Token">The token.</param>
/// <param name="Expires">Until when it is good.</param>
internal sealed record UserTokenBody(string Token, DateTimeOffset Expires);

/// <summary>A message that will be said.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ids">The ids of its notifications, in the order of the users, for a list of 1,000 at most.</param>
internal sealed record SentBody(string Id, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Ids);

/// <summary>A push service.</summary>
/// <param name="Service">Its origin.</param>
/// <param name="Waiting">How many deliveries wait for it.</param>
/// <param name="Oldest">When the oldest of them was queued.</param>
internal sealed record ServiceBody(string Service, long Waiting, DateTimeOffset Oldest);

/// <summary>How a message, or one of its notifications, stands.</summary>
/// <param name="Id">The id that was asked for.</param>
/// <param name="Origin">Which service of the portal says it.</param>
/// <param name="Summary">The title.</param>
/// <param name="Body">The text.</param>
/// <param name="Url">What a click opens, or null.</param>
/// <param name="Created">When it was made.</param>
/// <param name="User">The one user it is for, or null.</param>
/// <param name="Group">The group it is for, or null.</param>
/// <param name="Total">For how many users it is; 0 for a group.</param>
/// <param name="Told">How many have it on their lists.</param>
/// <param name="Done">Whether all have.</param>
/// <param name="Counts">How the message's deliveries stand.</param>
/// <param name="Deliveries">The deliveries of this notification; none for a message to many.</param>
internal sealed record MessageBody(
    string Id, string Origin, string Summary, string Body, string? Url, DateTimeOffset Created, string? User, string? Group, int Total, int Told, bool Done,
    IReadOnlyDictionary<string, long> Counts, IReadOnlyList<DeliveryBody> Deliveries)
{
    public static MessageBody Of(string id, MessageInfo message, IEnumerable<DeliveryInfo> deliveries) => new(
        id, message.Content.Origin, message.Content.Summary, message.Content.Body, message.Content.Url, message.Created, message.User, message.Group, message.Total,
        message.Told, message.IsDone, message.Counts.ToDictionary(count => DeliveryBody.NameOf(count.State), count => count.Count, StringComparer.Ordinal),
        [.. deliveries.Select(DeliveryBody.Of)]);
}
