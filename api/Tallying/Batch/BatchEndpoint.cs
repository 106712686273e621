using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Microsoft.AspNetCore.Mvc;
using Orleans;

namespace Actors.Api.Tallying.Batch;

/// <summary>Many certificates at once.</summary>
internal static class BatchEndpoint
{
    private const int MaxBytes = 256 << 20;

    /// <summary>100,000 certificates take their time; what hangs ends here.</summary>
    private static readonly TimeSpan Timeout = BodyTimes.Most;

    public static void MapBatch(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/campaigns/{slug}/certificates", CreateAsync)
            .AddEndpointFilter<FailureFilter>()
            .RequireScope(Scopes.TallyWrite)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .ExpectLongBodies()
            .WithExample("""[{"uuid":"1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","data":{"name":"Ada"},"metadata":{"seat":"A2"}}]""")
            .WithTags("Certificates")
            .WithName("createCertificates")
            .WithSummary("Makes certificates from a JSON array, JSON lines or CSV, 100,000 at most; a row with a uuid can be repeated.")
            .Produces<BatchReport>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> CreateAsync(HttpContext http, IGrainFactory grains, TimeProvider time, string slug)
    {
        if (!Texts.IsSlug(slug) || await grains.GetCampaignGrain(new CampaignKey(slug)).GetAsync() is null)
        {
            return TallyRefusals.CampaignUnknown.ToResult();
        }

        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
        if (Rows(http.Request, slug, either.Token) is not { } rows)
        {
            return Refusals.UnsupportedType.ToResult("A batch is application/json, application/x-ndjson or text/csv.");
        }

        try
        {
            var report = await new BatchImport(grains).RunAsync(rows, either.Token);
            return report is { Saved: 0, Refused: [{ Code: "malformed" } broken] }
                ? Refusals.Malformed.ToResult($"Line {broken.Line}: {broken.Reason}")
                : Results.Ok(report);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Refusals.RequestTimeout.ToResult();
        }
        catch (BadHttpRequestException refused)
        {
            return Refusals.OfStatus(refused.StatusCode).ToResult();
        }
    }

    private static IAsyncEnumerable<BatchRow>? Rows(HttpRequest request, string campaign, CancellationToken cancellationToken) =>
        request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "application/json" => JsonRows.ReadAsync(request.Body, campaign, cancellationToken),
            "application/x-ndjson" or "application/jsonl" or "application/json-lines" => JsonLines.ReadAsync(request.BodyReader, campaign, cancellationToken),
            "text/csv" => CsvRows.ReadAsync(request.Body, campaign, cancellationToken),
            _ => null,
        };
}
