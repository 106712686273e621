namespace Actors.Api.Notifications.Users;

/// <summary>Who calls the routes of users.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Device">The device whose token it is, or null when it is the portal's for the user.</param>
internal sealed record UserCaller(string User, string? Device);
