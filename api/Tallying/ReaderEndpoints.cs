using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Hosting;
using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.Api.Tallying.Wire;
using Actors.Tallying;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>Readers on the seed's routes, and the page that a reader is.</summary>
internal static class ReaderEndpoints
{
    /// <summary>Wrong uuids of readers, on whatever route.</summary>
    public const string Misses = "readers";

    // that of the page itself, so that an installed reader opens without a flash of another
    private const string ThemeColour = "#0b3f46";

    public static void MapReaders(this IEndpointRouteBuilder app)
    {
        var seed = app.MapGroup("/qrcode/{campaign}").WithMetadata(Envelope.Shape).AddEndpointFilter<FailureFilter>().TimesBodiesItself()
            .ProducesProblem(StatusCodes.Status404NotFound).WithTags("Readers");
        var staff = seed.MapGroup("").RequireScope(Scopes.TallyWrite);
        staff.MapPost("save-reader", (HttpContext http, IGrainFactory grains, PublicAddress address, string campaign) => SaveAsync(http, grains, address, campaign, Uuids.Format(Guid.NewGuid())))
            .WithExample(Examples.SaveReader, Examples.ReaderSaved).ProducesProblem(StatusCodes.Status409Conflict).WithName("createReader").WithSummary("Makes a reader; its address is its key.");
        staff.MapPost("save-reader/{uuid}", SaveAsync)
            .WithExample(Examples.SaveReader, Examples.ReaderSaved).ProducesProblem(StatusCodes.Status409Conflict).WithName("saveReader").WithSummary("Makes or replaces the reader of this uuid.");
        staff.MapGet("get-reader/{uuid}", GetAsync)
            .WithExample(answer: Examples.Reader).WithName("getReader").WithSummary("What a reader may do.");
        seed.MapGet("open-reader/{uuid}", OpenAsync).ExcludeFromDescription();
        seed.MapGet("reader/{uuid}/manifest.webmanifest", ManifestAsync).LimitMisses(Misses, TallyRefusals.ReaderUnknown).ExcludeFromDescription();
    }

    private static async Task<IResult> SaveAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string campaign, string uuid)
    {
        if (!Texts.IsSlug(campaign))
        {
            return TallyRefusals.CampaignUnknown.ToResult();
        }

        if (!Uuids.TryParse(uuid, out var id))
        {
            return TallyRefusals.ReaderUnknown.ToResult();
        }

        SaveReader? command = null;
        var defaultName = $"Reader {Uuids.Format(id)[..8]}";
        if (await Bodies.ReadObjectAsync(http, body => EntityReader.ReadReader(body, campaign, defaultName, out command)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await grains.GetReaderGrain(new ReaderKey(id)).SaveAsync(command!);
        return TallyRefusals.Of(outcome.Status) is { } refused
            ? refused.ToResult()
            : Envelope.Of(json =>
            {
                json.WriteString("uuid", id);
                json.WriteString("url", Url(address, http.Request, campaign, id));
            });
    }

    private static async Task<IResult> GetAsync(HttpContext http, IGrainFactory grains, PublicAddress address, string campaign, string uuid) =>
        await FindAsync(grains, campaign, uuid) is { } reader
            ? Envelope.Of(json =>
            {
                json.WriteString("uuid", reader.Id);
                json.WriteString("url", Url(address, http.Request, campaign, reader.Id));
                json.WriteString("name", reader.Name);
                json.WriteString("readable_metadatas", string.Join(',', reader.ReadableMetadata));
                json.WriteBoolean("enable_tallying", reader.Tally);
                json.WriteBoolean("offline_roster", reader.OfflineRoster);
                json.WriteString("gate", reader.Gate);
                json.WriteString("direction", Names.Of(reader.Direction));
                json.WriteTime("validity_start", reader.ValidityStart);
                json.WriteTime("validity_end", reader.ValidityEnd);
            })
            : TallyRefusals.ReaderUnknown.ToResult();

    /// <summary>The page comes also for a reader that may not be used now: it says so in the visitor's language.</summary>
    private static async Task<IResult> OpenAsync(HttpContext http, IGrainFactory grains, IWebHostEnvironment environment, string campaign, string uuid)
    {
        var shell = environment.WebRootFileProvider.GetFileInfo("reader.html");
        if (!shell.Exists)
        {
            return TallyRefusals.ReaderUnknown.ToResult();
        }

        var known = await FindAsync(grains, campaign, uuid) is not null;
        if (!known && await http.CountMissAsync(Misses) is { } wait)
        {
            return http.TooManyMisses(wait);
        }

        http.Response.Headers.CacheControl = "no-cache";
        http.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.SendFileAsync(shell, http.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> ManifestAsync(IGrainFactory grains, string campaign, string uuid)
    {
        if (await FindAsync(grains, campaign, uuid) is not { } reader)
        {
            return TallyRefusals.ReaderUnknown.ToResult();
        }

        var path = $"/qrcode/{campaign}/open-reader/{Uuids.Format(reader.Id)}";
        return Envelope.Plain(
            json =>
            {
                json.WriteString("id", path);
                json.WriteString("name", reader.Name);
                json.WriteString("short_name", reader.Name.Length > 12 ? reader.Name[..12].TrimEnd() : reader.Name);
                json.WriteString("start_url", path);
                json.WriteString("scope", "/");
                json.WriteString("display", "standalone");
                json.WriteString("orientation", "any");
                json.WriteString("background_color", ThemeColour);
                json.WriteString("theme_color", ThemeColour);
                json.WriteStartArray("icons");
                foreach (var (file, size, purpose) in new[] { ("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"), ("maskable-512.png", "512x512", "maskable") })
                {
                    json.WriteStartObject();
                    json.WriteString("src", $"/icons/{file}");
                    json.WriteString("sizes", size);
                    json.WriteString("type", "image/png");
                    json.WriteString("purpose", purpose);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            "application/manifest+json");
    }

    private static string Url(PublicAddress address, HttpRequest request, string campaign, Guid reader) =>
        $"{address.Of(request)}/qrcode/{campaign}/open-reader/{Uuids.Format(reader)}";

    private static async Task<ReaderInfo?> FindAsync(IGrainFactory grains, string campaign, string uuid) =>
        Uuids.TryParse(uuid, out var id)
        && await grains.GetReaderGrain(new ReaderKey(id)).GetAsync() is { } reader
        && reader.Campaign == campaign
            ? reader
            : null;
}
