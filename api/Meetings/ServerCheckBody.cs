using Actors.Silo.Meetings;

namespace Actors.Api.Meetings;

/// <summary>How a BigBlueButton server does.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="Url">Its address.</param>
/// <param name="Good">Whether all is well.</param>
/// <param name="Problem">What is wrong, or null.</param>
/// <param name="Remedy">What to do about it, or null.</param>
/// <param name="Version">BigBlueButton's version, or null.</param>
/// <param name="Milliseconds">How long its first answer took, or null.</param>
/// <param name="ClockSkewSeconds">Its clock minus ours, or null.</param>
/// <param name="Secret">Which secret it knows: <c>current</c>, <c>previous</c> or <c>none</c>.</param>
/// <param name="Drained">Whether it takes no new conferences (weight 0).</param>
/// <param name="Meetings">Conferences on it.</param>
/// <param name="Participants">People in them.</param>
public sealed record ServerCheckBody(
    string Name, string Url, bool Good, string? Problem, string? Remedy, string? Version, double? Milliseconds, double? ClockSkewSeconds,
    string Secret, bool Drained, int Meetings, int Participants)
{
    internal static ServerCheckBody Of(BbbCheckResult result) => new(
        result.Name, result.Url, result.Problem is null, result.Problem, result.Remedy, result.Version,
        result.Latency is { } latency ? Math.Round(latency.TotalMilliseconds, 1) : null, result.ClockSkew is { } skew ? Math.Round(skew.TotalSeconds) : null,
        result.Secret.ToString().ToLowerInvariant(), result.Weight == 0, result.Meetings, result.Participants);
}
