using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Hosting;
using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.Api.Tallying.Qr;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Actors.Tallying.Certificates;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>Certificates on the seed's routes.</summary>
internal static class CertificateEndpoints
{
    public static void MapCertificates(this IEndpointRouteBuilder app)
    {
        var seed = app.MapGroup("/qrcode/{campaign}").WithMetadata(Envelope.Shape).AddEndpointFilter<FailureFilter>().TimesBodiesItself()
            .ProducesProblem(StatusCodes.Status404NotFound).WithTags("Certificates");
        var staff = seed.MapGroup("").RequireScope(Scopes.TallyWrite);
        staff.MapPost("save-certificate", (HttpContext http, IGrainFactory grains, PublicAddress address, string campaign) => SaveAsync(http, grains, address, campaign, Uuids.Format(Guid.NewGuid())))
            .WithExample(Examples.SaveCertificate, Examples.CertificateSaved).ProducesProblem(StatusCodes.Status409Conflict).WithName("createCertificate").WithSummary("Makes a certificate.");
        staff.MapPost("save-certificate/{uuid}", SaveAsync)
            .WithExample(Examples.SaveCertificate, Examples.CertificateSaved).ProducesProblem(StatusCodes.Status409Conflict).WithName("saveCertificate").WithSummary("Makes or replaces the certificate of this uuid; its older QR codes stay valid, but are outdated.");
        staff.MapGet("get-certificate/{uuid}", GetAsync)
            .WithExample(answer: Examples.Certificate).WithName("getCertificate").WithSummary("What a certificate says.");
        seed.MapGet("get-qrcode/{uuid}", QrCodeAsync).LimitMisses("certificates", TallyRefusals.CertificateUnknown)
            .Produces(StatusCodes.Status200OK, contentType: "image/png", additionalContentTypes: "image/svg+xml").WithName("getQrCode").WithSummary("The QR code: PNG, or SVG with format=svg; with label=1 the short code is printed under it.");
    }

    /// <summary>The address of a certificate's QR code.</summary>
    public static string QrCodeUrl(PublicAddress address, HttpRequest request, string campaign, Guid certificate) =>
        $"{address.Of(request)}/qrcode/{campaign}/get-qrcode/{Uuids.Format(certificate)}";

    private static async Task<IResult> SaveAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string campaign, string uuid)
    {
        if (!Texts.IsSlug(campaign))
        {
            return TallyRefusals.CampaignUnknown.ToResult();
        }

        if (!Uuids.TryParse(uuid, out var id))
        {
            return TallyRefusals.CertificateUnknown.ToResult();
        }

        SaveCertificate? command = null;
        if (await Bodies.ReadObjectAsync(http, body => EntityReader.ReadCertificate(body, campaign, out command)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await grains.GetCertificateGrain(new CertificateKey(id)).SaveAsync(command!);
        return TallyRefusals.Of(outcome.Status) is { } refused
            ? refused.ToResult()
            : Envelope.Of(json =>
            {
                json.WriteString("uuid", id);
                json.WriteString("qrcode_url", QrCodeUrl(address, http.Request, campaign, id));
            });
    }

    private static async Task<IResult> GetAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string campaign, string uuid) =>
        await FindAsync(grains, campaign, uuid) is { } certificate
            ? Envelope.Of(json => CertificateAnswer.WriteForStaff(json, certificate, QrCodeUrl(address, http.Request, campaign, certificate.Id)))
            : TallyRefusals.CertificateUnknown.ToResult();

    private static async Task<IResult> QrCodeAsync(HttpContext http, IGrainFactory grains, string campaign, string uuid, string? format, string? label)
    {
        if (await FindAsync(grains, campaign, uuid) is not { } certificate)
        {
            return TallyRefusals.CertificateUnknown.ToResult();
        }

        // whoever has the picture has the certificate: no cache shared between people keeps it
        http.Response.Headers.CacheControl = "private, no-cache";
        var image = QrImage.Of(certificate.QrText, label is "1" or "true" ? ShortCode.Format(ShortCode.Of(certificate.Id)) : null);
        return format == "svg"
            ? Results.Text(image.ToSvg(), "image/svg+xml; charset=utf-8")
            : Results.Bytes(image.ToPng(), "image/png");
    }

    private static async Task<CertificateInfo?> FindAsync(IGrainFactory grains, string campaign, string uuid) =>
        Uuids.TryParse(uuid, out var id)
        && await grains.GetCertificateGrain(new CertificateKey(id)).GetAsync() is { } certificate
        && certificate.Campaign == campaign
            ? certificate
            : null;
}
