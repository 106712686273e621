using Actors.Api.Docs;
using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Actors.Tallying.Certificates;
using Actors.Tallying.Readers;
using Microsoft.AspNetCore.Mvc;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>What a reader's page asks: the reader's uuid is its only credential.</summary>
internal static class PointageEndpoints
{
    private const int CertificatesPerPage = 500;
    private const string Codes = "codes";

    public static void MapPointage(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").WithMetadata(Envelope.Shape).AddEndpointFilter<FailureFilter>().LimitMisses(ReaderEndpoints.Misses, TallyRefusals.ReaderUnknown).TimesBodiesItself()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).WithTags("Readers' pages");
        pages.MapPost("/pointage/", (HttpContext http, TallySync sync, string? uuid) => SyncAsync(http, sync, uuid))
            .WithMetadata(new RequestSizeLimitAttribute(Bodies.MaxSyncBytes))
            .WithExample(Examples.Sync, Examples.SyncAnswer).WithName("synchronise").WithSummary("Hands in scans and lists what all readers of the campaign saw after a cursor.");
        pages.MapPost("/qrcode/{campaign}/tally/{reader}", (HttpContext http, TallySync sync, string reader) => SyncAsync(http, sync, reader))
            .WithMetadata(new RequestSizeLimitAttribute(Bodies.MaxSyncBytes))
            .WithExample(Examples.Sync, Examples.SyncAnswer).WithName("tally").WithSummary("The same as /pointage/.");
        pages.MapGet("/pointage/configuration", ConfigurationAsync)
            .WithExample(answer: Examples.Configuration).WithName("readerConfiguration").WithSummary("What a reader's page needs to know to verify certificates offline.");
        pages.MapGet("/pointage/certificates", CertificatesAsync)
            .WithExample(answer: Examples.Changes).WithName("readerCertificates").WithSummary("Revocations and newest versions, in the order of their changes.");
        pages.MapGet("/pointage/readers", ReadersAsync)
            .WithExample(answer: Examples.Readers).WithName("readerContacts").WithSummary("When the pages of the campaign's readers were last heard of.");
        pages.MapGet("/pointage/code/{code}", CodeAsync)
            .WithExample(answer: Examples.Found).WithName("readerCode").WithSummary("The certificate of a typed short code.");
        pages.MapGet("/qrcode/{campaign}/read-metadata/{reader}", MetadataAsync)
            .WithExample(answer: Examples.Metadata).WithName("readMetadata").WithSummary("Of a certificate's metadata, what this reader may read.");
    }

    private static async Task<IResult> SyncAsync(HttpContext http, TallySync sync, string? uuid)
    {
        if (!Uuids.TryParse(uuid, out var reader))
        {
            return TallyRefusals.ReaderUnknown.ToResult();
        }

        var (request, refusal) = await Bodies.ReadAsync(http, Bodies.MaxSyncBytes, body =>
            SyncBody.TryParse(body, out var read, out var error) ? (read, (IResult?)null) : (null, Refusals.Invalid.ToResult(error)));
        if (request is null)
        {
            return refusal!;
        }

        var (answer, status) = await sync.RunAsync(reader, request, http.RequestAborted);
        return answer is null
            ? TallyRefusals.Of(status)!.ToResult()
            : Envelope.Of(json => answer.WriteMembers(json, "timestamp", request.NumericCursor));
    }

    private static async Task<IResult> ConfigurationAsync(ReaderConfigurations configurations, string? uuid)
    {
        var (configuration, status) = await configurations.LoadAsync(uuid);
        return configuration is null ? TallyRefusals.Of(status)!.ToResult() : Envelope.Plain(configuration.WriteMembers);
    }

    private static async Task<IResult> CertificatesAsync(IGrainFactory grains, TimeProvider time, string? uuid, string? cursor, int? limit)
    {
        var (reader, status) = await OpenAsync(grains, time, uuid);
        if (reader is null)
        {
            return TallyRefusals.Of(status)!.ToResult();
        }

        if (!Cursors.TryParse(cursor, out var after, kind: 'c'))
        {
            return Refusals.Invalid.ToResult("'cursor' was not handed out here.");
        }

        var changes = await grains.GetCampaignGrain(new CampaignKey(reader.Campaign))
            .ReadChangesAsync(after, Math.Clamp(limit ?? CertificatesPerPage, 1, CertificatesPerPage));
        return Envelope.Of(json => CertificateAnswer.WritePage(json, changes ?? new CertificateChanges(after, More: false, []), reader.OfflineRoster));
    }

    private static async Task<IResult> ReadersAsync(IGrainFactory grains, TimeProvider time, string? uuid)
    {
        var (reader, status) = await OpenAsync(grains, time, uuid);
        if (reader is null)
        {
            return TallyRefusals.Of(status)!.ToResult();
        }

        var contacts = await grains.GetReaderDirectoryGrain(new CampaignKey(reader.Campaign)).ReadContactsAsync();
        return Envelope.Of(json =>
        {
            json.WriteStartArray("readers");
            foreach (var contact in contacts.OrderBy(contact => contact.At))
            {
                json.WriteStartObject();
                json.WriteString("reader", contact.Reader);
                json.WriteString("reader_name", contact.Name);
                json.WriteNumber("contact", Times.ToSeconds(contact.At));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Codes are short enough to be guessed, so a reader that was wrong too often gets no answer at all for a while.</summary>
    private static async Task<IResult> CodeAsync(HttpContext http, IGrainFactory grains, MissGuard guard, TimeProvider time, string code, string? uuid)
    {
        var (reader, status) = await OpenAsync(grains, time, uuid);
        if (reader is null)
        {
            return TallyRefusals.Of(status)!.ToResult();
        }

        if (!ShortCode.TryParse(code, out var canonical))
        {
            return TallyRefusals.CodeUnknown.ToResult();
        }

        var guesser = guard.ReaderOf(reader.Id);
        if (await guard.IsBlockedAsync(Codes, guesser, http.RequestAborted) is { } wait)
        {
            return http.TooManyMisses(wait);
        }

        var found = await grains.GetCampaignGrain(new CampaignKey(reader.Campaign)).FindByCodeAsync(canonical);
        // two by an accident of 40 bits: nobody can know which one is meant
        var certificate = found.Length == 1 ? await grains.GetCertificateGrain(new CertificateKey(found[0])).GetAsync() : null;
        if (certificate is null)
        {
            await guard.CountAsync(Codes, guesser, http.RequestAborted);
            return TallyRefusals.CodeUnknown.ToResult();
        }

        return Envelope.Of(json => CertificateAnswer.WriteForReader(json, certificate));
    }

    private static async Task<IResult> MetadataAsync(IGrainFactory grains, TimeProvider time, string campaign, string reader, string? certificate)
    {
        var (opened, status) = await OpenAsync(grains, time, reader);
        if (opened is null || opened.Campaign != campaign)
        {
            return (TallyRefusals.Of(status) ?? TallyRefusals.ReaderUnknown).ToResult();
        }

        var metadata = Uuids.TryParse(certificate, out var id)
            ? await grains.GetCertificateGrain(new CertificateKey(id)).ReadMetadataAsync(opened.Campaign, opened.ReadableMetadata)
            : null;
        return metadata is null
            ? TallyRefusals.CertificateUnknown.ToResult()
            : Envelope.Of(json => CertificateAnswer.WriteTexts(json, metadata.Value));
    }

    private static async Task<(ReaderInfo? Reader, ReaderStatus Status)> OpenAsync(IGrainFactory grains, TimeProvider time, string? uuid)
    {
        var reader = Uuids.TryParse(uuid, out var id) ? await grains.GetReaderGrain(new ReaderKey(id)).GetAsync() : null;
        var status = ReaderRules.MayOpen(reader, time.GetUtcNow());
        return (status == ReaderStatus.Usable ? reader : null, status);
    }
}
