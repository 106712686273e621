using Actors.Api.Meetings.Wire;
using Actors.Meetings;

namespace Actors.Api.Meetings;

/// <summary>What these routes refuse, in the seed's own shape.</summary>
internal static class MeetingRefusals
{
    private const int RetrySeconds = 5;

    public static IResult UnknownSlug { get; } = Envelope.Refusal("UnknownServer", "The settings know no BigBlueButton server of this name.", StatusCodes.Status404NotFound);

    public static IResult UnknownMeeting { get; } = Envelope.Refusal("UnknownMeeting", "There is no such meeting.", StatusCodes.Status404NotFound);

    public static IResult NotUnique { get; } = Envelope.Refusal(
        "IdNotUnique", "This idempotent_id belongs to a meeting with another name or other parameters; there is no update: make one with another id.");

    public static IResult Invalid(string what) => Envelope.Refusal("Invalid", what);

    /// <summary>A refusal of BigBlueButton, under its own name.</summary>
    public static IResult Of(BbbRefusal refusal) => Envelope.Refusal(
        refusal.Key.Length > 0 ? char.ToUpperInvariant(refusal.Key[0]) + refusal.Key[1..] : "Refused",
        refusal.Message.Length > 0 ? refusal.Message : "BigBlueButton refused the call and did not say why.");

    /// <summary>Nobody answers: the same request again is right.</summary>
    public static IResult Unavailable(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetrySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Envelope.Refusal("Unavailable", "The BigBlueButton server does not answer; send the same request again.", StatusCodes.Status503ServiceUnavailable);
    }
}
