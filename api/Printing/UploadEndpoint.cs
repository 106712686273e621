using Actors.Api.Limits;
using Actors.Api.Printing.Pdf;
using Actors.Api.Printing.Wire;
using Actors.Api.Problems;
using Actors.Printing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Receives a content: to the spool, checked, stored under a name of its own, then given to the file. Never held whole in memory.</summary>
internal static class UploadEndpoint
{
    private const long MultipartRoom = 64 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static TBuilder WithUploads<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.ExpectLongBodies().WithMetadata(new OwnSize());

    /// <summary>Lets bodies be as large as the settings say. Needs the route; before the body is read.</summary>
    public static void UseUploadSizes(this WebApplication app)
    {
        var max = app.Services.GetRequiredService<IOptions<PrintingOptions>>().Value.MaxSize + MultipartRoom;
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<OwnSize>() is not null
                && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = max;
            }

            return next(context);
        });
    }

    public static async Task<IResult> UploadAsync(
        HttpContext http, IGrainFactory grains, IFileStore store, PdfCheckers checkers, TimeProvider time, IOptions<PrintingOptions> options, string pin)
    {
        var grain = grains.GetPrintFileGrain(PrintFileKey.Of(pin));
        if (await grain.GetAsync() is not { } file)
        {
            return PrintRefusals.PinUnknown(pin);
        }

        if (file.IsUploaded)
        {
            return PrintRefusals.AlreadyUploaded.ToResult();
        }

        var spool = Path.Combine(store.Spool, $"{Guid.NewGuid():N}.part");
        try
        {
            var (length, refusal) = await UploadReader.ReceiveAsync(http, () => Open(spool), options.Value);
            if (refusal is not null)
            {
                return refusal;
            }

            if (await checkers.CountPagesAsync(spool, http.RequestAborted) is not { } pages)
            {
                return PrintRefusals.Corrupted.ToResult();
            }

            // asked before it is stored, so that what cannot be accepted is not; asked again when it is
            var status = Actors.Printing.Files.PrintRules.Judge(pages, file.Options, options.Value.MaxPageCount);
            if (status is not PrintFileStatus.Done)
            {
                return PrintRefusals.Of(status, pin, options.Value);
            }

            var name = Symbols.StoredName(time.GetUtcNow(), FileBody.ExtensionOf(file.Name) ?? "pdf", options.Value);
            await store.SaveAsync(name, spool, http.RequestAborted);
            var command = new AcceptPrintContent(name, pages, length);
            var outcome = await Retry.UntilAnsweredAsync(_ => grain.AcceptAsync(command), Patience, time, CancellationToken.None);
            if (outcome.Status is PrintFileStatus.Done)
            {
                return FileEndpoints.Answer(outcome.File!);
            }

            await store.DeleteAsync(name, CancellationToken.None);
            return PrintRefusals.Of(outcome.Status, pin, options.Value);
        }
        finally
        {
            File.Delete(spool);
        }
    }

    /// <summary>The folder is for its owner alone.</summary>
    private static FileStream Open(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);

    private sealed record OwnSize;
}
