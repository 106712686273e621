using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Hosting;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Actors.Tallying.Certificates;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>Campaigns, their keys and their logs.</summary>
internal static class CampaignEndpoints
{
    private const int DefaultLimit = 500;
    private const int MaxLimit = 1_000;
    private const int MaxCapacity = 10_000_000;

    /// <summary>Before every position, but not 0, which a grain takes for the last 24 hours.</summary>
    private const long FromTheBeginning = 1;

    public static void MapCampaigns(this IEndpointRouteBuilder app)
    {
        var campaigns = app.MapGroup("/api/campaigns/{slug}").AddEndpointFilter<FailureFilter>().WithTags("Campaigns");
        campaigns.MapPut("", SaveAsync).RequireScope(Scopes.TallyAdmin)
            .WithName("saveCampaign").WithSummary("Makes a campaign with a signing key, or renames it.")
            .Produces<CampaignAnswer>().ProducesValidationProblem();
        campaigns.MapGet("", GetAsync).RequireScope(Scopes.TallyRead)
            .WithName("getCampaign").WithSummary("A campaign.")
            .Produces<CampaignAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapGet("keys", KeysAsync)
            .WithName("campaignKeys").WithSummary("The public signing keys as a JWK set; for anyone.")
            .WithExample(answer: """{"keys":[{"kty":"EC","crv":"P-256","kid":"ugpsPf-Oa44","x":"…","y":"…"}]}""").Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapPost("keys", RotateAsync).RequireScope(Scopes.TallyAdmin)
            .WithName("rotateKeys").WithSummary("Makes a new signing key; what older ones signed stays valid.")
            .Produces<CampaignAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        campaigns.MapGet("events", EventsAsync).RequireScope(Scopes.TallyRead)
            .WithName("campaignEvents").WithSummary("The log in order of reception, from its beginning or after a cursor.")
            .Produces<EventsAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapGet("certificates/{uuid}", CertificateAsync).RequireScope(Scopes.TallyRead)
            .WithName("viewCertificate").WithSummary("What a certificate says.")
            .Produces<CertificateView>().ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapPost("certificates/{uuid}/revoke", RevokeAsync).RequireScope(Scopes.TallyWrite)
            .WithName("revokeCertificate").WithSummary("Revokes a certificate for good.")
            .Produces<CertificateView>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SaveAsync(IGrainFactory grains, string slug, SaveCampaign body)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!Texts.IsSlug(slug))
        {
            errors["slug"] = ["1 to 64 characters of a-z, 0-9, - and _."];
        }

        if (!Texts.IsName(body.Name))
        {
            errors["name"] = [$"1 to {Texts.MaxNameLength} characters in one line."];
        }

        if (body.Capacity is < 0 or > MaxCapacity)
        {
            errors["capacity"] = [$"0 to {MaxCapacity}; 0 when nobody shall count."];
        }

        if (errors.Count > 0)
        {
            return Refusals.Invalid.ToResult(errors);
        }

        var campaign = grains.GetCampaignGrain(new CampaignKey(slug));
        var saved = await campaign.SaveAsync(body.Name);
        return Results.Ok(Answer(body.Capacity is { } capacity ? (await campaign.SetCapacityAsync(capacity == 0 ? null : capacity))! : saved));
    }

    private static async Task<IResult> GetAsync(IGrainFactory grains, string slug) =>
        await FindAsync(grains, slug) is { } campaign ? Results.Ok(Answer(campaign)) : TallyRefusals.CampaignUnknown.ToResult();

    private static async Task<IResult> KeysAsync(HttpContext http, IGrainFactory grains, string slug)
    {
        if (await FindAsync(grains, slug) is not { } campaign)
        {
            return TallyRefusals.CampaignUnknown.ToResult();
        }

        http.Response.Headers.CacheControl = "public, max-age=60";
        return Envelope.Plain(json => JwkSet.Write(json, campaign.Keys));
    }

    private static async Task<IResult> RotateAsync(IGrainFactory grains, string slug)
    {
        var outcome = Texts.IsSlug(slug)
            ? await grains.GetCampaignGrain(new CampaignKey(slug)).RotateKeyAsync()
            : new RotateKeyOutcome(RotateKeyStatus.UnknownCampaign, Campaign: null);
        return outcome.Status switch
        {
            RotateKeyStatus.Rotated => Results.Created($"/api/campaigns/{slug}/keys", Answer(outcome.Campaign!)),
            RotateKeyStatus.TooManyKeys => TallyRefusals.TooManyKeys.ToResult(),
            _ => TallyRefusals.CampaignUnknown.ToResult(),
        };
    }

    private static async Task<IResult> EventsAsync(IGrainFactory grains, string slug, string? cursor, int? limit)
    {
        if (!Cursors.TryParse(cursor, out var after))
        {
            return Refusals.Invalid.ToResult("'cursor' is no cursor: neither a text that was handed out nor a number of seconds.");
        }

        if (limit is < 1 or > MaxLimit)
        {
            return Refusals.Invalid.ToResult($"'limit' is not 1 to {MaxLimit}.");
        }

        var page = Texts.IsSlug(slug)
            ? await grains.GetCampaignGrain(new CampaignKey(slug)).ReadEventsAsync(Math.Max(FromTheBeginning, after), limit ?? DefaultLimit)
            : null;
        return page is null
            ? TallyRefusals.CampaignUnknown.ToResult()
            : Results.Ok(new EventsAnswer([.. page.Events.Select(Answer)], Cursors.Format(page.Cursor), page.More));
    }

    private static async Task<IResult> CertificateAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string slug, string uuid) =>
        Uuids.TryParse(uuid, out var id)
        && await grains.GetCertificateGrain(new CertificateKey(id)).GetAsync() is { } certificate
        && certificate.Campaign == slug
            ? Results.Ok(Answer(certificate, CertificateEndpoints.QrCodeUrl(address, http.Request, slug, id)))
            : TallyRefusals.CertificateUnknown.ToResult();

    private static async Task<IResult> RevokeAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string slug, string uuid) =>
        Uuids.TryParse(uuid, out var id)
        && await grains.GetCertificateGrain(new CertificateKey(id)).RevokeAsync(slug) is { } certificate
            ? Results.Ok(Answer(certificate, CertificateEndpoints.QrCodeUrl(address, http.Request, slug, id)))
            : TallyRefusals.CertificateUnknown.ToResult();

    private static async Task<CampaignInfo?> FindAsync(IGrainFactory grains, string slug) =>
        Texts.IsSlug(slug) ? await grains.GetCampaignGrain(new CampaignKey(slug)).GetAsync() : null;

    private static CampaignAnswer Answer(CampaignInfo campaign) =>
        new(campaign.Slug, campaign.Name, [.. campaign.Keys.Select(key => key.KeyId)], campaign.Capacity);

    private static LoggedEvent Answer(TallyEvent tallied) => new(
        tallied.EventId, tallied.CertificateId, tallied.ReaderId, tallied.ReaderName,
        tallied.Time, tallied.ReaderTime, tallied.ReceivedAt,
        Names.Of(tallied.Type), Names.Of(tallied.Outcome), tallied.Offset.TotalSeconds, tallied.RelatedEventId, tallied.WinnerEventId, tallied.Offline, tallied.Gate);

    private static CertificateView Answer(CertificateInfo certificate, string qrCodeUrl) => new(
        certificate.Id,
        certificate.Data.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        certificate.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        certificate.ValidityStart, certificate.ValidityEnd, certificate.Version, certificate.Revoked,
        ShortCode.Format(ShortCode.Of(certificate.Id)), qrCodeUrl);
}
