using Actors.Api.Problems;
using Actors.Tallying;

namespace Actors.Api.Tallying;

/// <summary>The table of this capability's refusals.</summary>
internal static class TallyRefusals
{
    public static readonly Problem CampaignUnknown = new("campaign_unknown", 404, "There is no such campaign.");
    public static readonly Problem CertificateUnknown = new("certificate_unknown", 404, "There is no such certificate.");
    public static readonly Problem CodeUnknown = new("code_unknown", 404, "No certificate has this code.");
    public static readonly Problem ReaderUnknown = new("reader_unknown", 404, "There is no such reader.");
    public static readonly Problem ReaderNotTallying = new("reader_not_tallying", 403, "This reader does not tally.");
    public static readonly Problem ReaderExpired = new("reader_expired", 403, "This reader's validity has ended.");
    public static readonly Problem ReaderEarly = new("reader_early", 403, "This reader's validity has not begun.");
    public static readonly Problem OtherCampaign = new("other_campaign", 409, "The uuid belongs to another campaign.");
    public static readonly Problem CertificateRevoked = new("certificate_revoked", 409, "The certificate is revoked and cannot be changed any more.");
    public static readonly Problem CertificateTooLarge = new("certificate_too_large", 400, "The certificate has more data than a QR code holds, too much metadata, or a name twice.");
    public static readonly Problem TooManyKeys = new("too_many_keys", 409, "A campaign has 16 signing keys at most: all of them are needed to verify what they signed.");

    public static Problem? Of(ReaderStatus status) => status switch
    {
        ReaderStatus.Unknown => ReaderUnknown,
        ReaderStatus.NotTallying => ReaderNotTallying,
        ReaderStatus.Expired => ReaderExpired,
        ReaderStatus.Early => ReaderEarly,
        _ => null,
    };

    public static Problem? Of(SaveCertificateStatus status) => status switch
    {
        SaveCertificateStatus.UnknownCampaign => CampaignUnknown,
        SaveCertificateStatus.OtherCampaign => OtherCampaign,
        SaveCertificateStatus.Revoked => CertificateRevoked,
        SaveCertificateStatus.TooLarge => CertificateTooLarge,
        _ => null,
    };

    public static Problem? Of(SaveReaderStatus status) => status switch
    {
        SaveReaderStatus.UnknownCampaign => CampaignUnknown,
        SaveReaderStatus.OtherCampaign => OtherCampaign,
        _ => null,
    };
}
