using Actors.Api.Docs;
using Actors.Api.Limits;
using Actors.Api.Notifications.Users;
using Actors.Notifications;
using Actors.Silo.Notifications;
using Orleans;

namespace Actors.Api.Notifications.Devices;

/// <summary>The browsers that a user wants to be told by.</summary>
internal static class DeviceEndpoints
{
    private const string Example = """{"endpoint":"https://push.example.org/wpush/v2/gAAAA","expirationTime":null,"keys":{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"},"replaces":null}""";

    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/push/public-key", KeyAsync).WithTags("Notifications").WithName("getPushKey").WithSummary("The key with which pages subscribe.").Produces<KeyBody>();
        var devices = app.MapGroup("/push/subscriptions").WithTags("Notifications").RequireUser();
        devices.MapPost("", SubscribeAsync).WithExample(Example).WithName("subscribe")
            .WithSummary("Adds this browser to the user's devices, or brings it up to date. Beyond the limit the oldest device goes.")
            .Produces<SubscribedBody>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        devices.MapGet("", ListAsync).WithName("listDevices").WithSummary("The user's devices, the oldest first.").Produces<DeviceList>();
        devices.MapPatch("{id}", ChangeAsync).WithExample("""{"name":"Phone","on":true,"mutedOrigins":["library"],"quiet":{"from":"22:00","to":"07:00","timeZone":"Europe/Paris"}}""")
            .WithName("changeDevice").WithSummary("Names a device, switches it on or off, mutes services, sets its quiet hours.")
            .Produces<DeviceBody>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        devices.MapPost("{id}/test", TestAsync).WithName("testDevice").WithSummary("Sends a notification to this device alone; how it went is in GET /push/notifications/{id}/deliveries.")
            .Produces<TestBody>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        devices.MapDelete("{id}", RemoveAsync).WithName("removeDevice").WithSummary("Removes a device; what was not sent to it yet is not sent any more.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        devices.MapDelete("", RemoveAllAsync).WithName("removeDevices").WithSummary("Removes all devices.").Produces<RemovedBody>();
        var preferences = app.MapGroup("/push/preferences").WithTags("Notifications").RequireUser();
        preferences.MapGet("", PreferencesAsync).WithName("getPreferences").WithSummary("What the user wants on all devices.").Produces<PreferencesBody>();
        preferences.MapPut("", SetPreferencesAsync).WithExample("""{"mutedOrigins":["library"],"quiet":null}""").WithName("setPreferences")
            .WithSummary("Mutes services and sets quiet hours on all devices; what is urgent passes.").Produces<PreferencesBody>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> KeyAsync(VapidKeys keys, HttpContext http) => Results.Ok(new KeyBody((await keys.GetAsync(http.RequestAborted)).PublicKey));

    private static async Task<IResult> SubscribeAsync(HttpContext http, IGrainFactory grains, IPushEndpointRules rules, UserTokens tokens)
    {
        PushSubscription? subscription = null;
        string? replaces = null;
        if (await Bodies.ReadObjectAsync(http, body => DeviceReader.ReadSubscription(body, rules, out subscription, out replaces)) is { } refusal)
        {
            return refusal;
        }

        // a device may only take its own place
        var caller = http.CallerOf();
        if (caller.Device is { } self)
        {
            replaces = self;
        }

        var device = await grains.GrainOf(http).SubscribeDeviceAsync(new SubscribeDevice(subscription!, BrowserLabel.Of(http.Request.Headers.UserAgent.ToString()), replaces));
        var token = await tokens.ForDeviceAsync(caller.User, device.Id, http.RequestAborted);
        return Results.Created($"/push/subscriptions/{device.Id}", new SubscribedBody(DeviceBody.Of(device), token));
    }

    private static async Task<IResult> ListAsync(HttpContext http, IGrainFactory grains) => http.UserOf() is { Refusal: { } refusal }
        ? refusal
        : Results.Ok(new DeviceList([.. (await grains.GrainOf(http).GetDevicesAsync()).Select(DeviceBody.Of)]));

    private static async Task<IResult> ChangeAsync(HttpContext http, IGrainFactory grains, string id)
    {
        ChangeDevice? change = null;
        if ((http.UserOf().Refusal ?? await Bodies.ReadObjectAsync(http, body => DeviceReader.ReadChange(body, id, out change))) is { } refusal)
        {
            return refusal;
        }

        var outcome = await grains.GrainOf(http).ChangeDeviceAsync(change!);
        return outcome.Device is { } device ? Results.Ok(DeviceBody.Of(device)) : PushRefusals.DeviceUnknown.ToResult();
    }

    private static async Task<IResult> TestAsync(HttpContext http, IGrainFactory grains, string id)
    {
        if (http.UserOf().Refusal is { } refusal)
        {
            return refusal;
        }

        var outcome = await grains.GrainOf(http).TestDeviceAsync(id, TestTexts.In(http.Request.Headers.AcceptLanguage.ToString(), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()));
        return outcome.Notification is { } notification
            ? Results.Accepted($"/push/notifications/{notification}/deliveries", new TestBody(notification))
            : PushRefusals.Of(outcome.Status, PushRefusals.DeviceUnknown);
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, IGrainFactory grains, string id)
    {
        // a browser that its user switches off may say so by itself
        if (http.CallerOf().Device is { } self && self != id)
        {
            return PushRefusals.DeviceTokenOnly.ToResult();
        }

        return await grains.GrainOf(http).RemoveDevicesAsync(id) > 0 ? Results.NoContent() : PushRefusals.DeviceUnknown.ToResult();
    }

    private static async Task<IResult> RemoveAllAsync(HttpContext http, IGrainFactory grains) => http.UserOf() is { Refusal: { } refusal }
        ? refusal
        : Results.Ok(new RemovedBody(await grains.GrainOf(http).RemoveDevicesAsync(device: null)));

    private static async Task<IResult> PreferencesAsync(HttpContext http, IGrainFactory grains) => http.UserOf() is { Refusal: { } refusal }
        ? refusal
        : Results.Ok(PreferencesBody.Of(await grains.GrainOf(http).GetPreferencesAsync()));

    private static async Task<IResult> SetPreferencesAsync(HttpContext http, IGrainFactory grains)
    {
        PushPreferences? preferences = null;
        if ((http.UserOf().Refusal ?? await Bodies.ReadObjectAsync(http, body => DeviceReader.ReadPreferences(body, out preferences))) is { } refusal)
        {
            return refusal;
        }

        await grains.GrainOf(http).SetPreferencesAsync(preferences!);
        return Results.Ok(PreferencesBody.Of(preferences!));
    }
}

/// <summary>The key with which pages subscribe.</summary>
/// <param name="PublicKey">65 bytes as base64url.</param>
internal sealed record KeyBody(string PublicKey);

/// <summary>A test that is under way.</summary>
/// <param name="Id">The id of its notification.</param>
internal sealed record TestBody(string Id);
