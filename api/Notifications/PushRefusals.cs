using Actors.Api.Problems;
using Actors.Notifications;

namespace Actors.Api.Notifications;

/// <summary>The table of this capability's refusals.</summary>
internal static class PushRefusals
{
    public static readonly Problem UserTokenNeeded = new("user_token_needed", 401, "A user's token is needed.");
    public static readonly Problem UserTokenExpired = new("user_token_expired", 401, "The user's token has expired; the portal makes a new one.");
    public static readonly Problem DeviceTokenOnly = new("device_token_only", 403, "A device's token is good for that device alone.");
    public static readonly Problem DeviceUnknown = new("device_unknown", 404, "The user has no such device.");
    public static readonly Problem NotificationUnknown = new("notification_unknown", 404, "There is no such notification.");
    public static readonly Problem DeviceOff = new("device_off", 409, "The device is switched off.");
    public static readonly Problem NotUnique = new("not_unique", 409, "This id belongs to another notification.");
    public static readonly Problem TooOften = new("too_often", 429, "A device can be tested five times a minute.");

    public static IResult Of(NotificationStatus status, Problem unknown) => status switch
    {
        NotificationStatus.Done => Results.NoContent(),
        NotificationStatus.Off => DeviceOff.ToResult(),
        NotificationStatus.TooOften => TooOften.ToResult(),
        _ => unknown.ToResult(),
    };
}
