using Actors.Api.Meetings.Wire;

namespace Actors.Api.Meetings.Links;

/// <summary>What the routes of personal links refuse, in the seed's own shape.</summary>
internal static class LinkRefusals
{
    public static IResult UnknownLink { get; } = Envelope.Refusal("UnknownLink", "The meeting has no such link.", StatusCodes.Status404NotFound);

    public static IResult NotUnique { get; } = Envelope.Refusal("IdNotUnique", "This id belongs to a link with another content; there is no update: revoke it, or make one with another id.");

    public static IResult Full { get; } = Envelope.Refusal("TooManyLinks", "The meeting has as many personal links as it may (Bbb:MaxLinks): revoke some.");

    public static IResult NotInvitable { get; } = Envelope.Refusal("NoEmail", "The link was made without an email: make one with another id.");

    public static IResult NeedsConfirmation { get; } = Envelope.Refusal(
        "NeedsConfirmation", "This link leads in once: send POST to the same address to use it.", StatusCodes.Status409Conflict);

    public static IResult Used { get; } = Envelope.Refusal("Used", "This link led in once, and does no more: ask for a new one.", StatusCodes.Status410Gone);

    public static IResult Revoked { get; } = Envelope.Refusal("Revoked", "This link was revoked: ask for a new one.", StatusCodes.Status410Gone);
}
