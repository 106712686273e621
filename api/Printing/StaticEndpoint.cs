using Actors.Api.Hosting;
using Actors.Api.Printing.Terminals;
using Actors.Api.Problems;
using Actors.Printing;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Contents by their stored names, which nobody can guess.</summary>
internal static class StaticEndpoint
{
    private const int BufferBytes = 64 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapContents(this IEndpointRouteBuilder print) =>
        print.MapGet("/static/{filename}", GetAsync).Produces(StatusCodes.Status200OK, contentType: "application/pdf").WithName("getContent").WithSummary("A content, as PDF; a terminal that fetches it has taken it.");

    private static async Task<IResult> GetAsync(HttpContext http, IFileStore store, IGrainFactory grains, TimeProvider time, string filename)
    {
        await using var content = await store.OpenAsync(filename, http.RequestAborted);
        if (content is null)
        {
            return Refusals.NotFound.ToResult();
        }

        var response = http.Response;
        response.ContentType = "application/pdf";
        response.ContentLength = content.Length;
        response.Headers.ContentDisposition = "inline; filename=\"document.pdf\"";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, max-age=3600";
        if (http.IsAskedForHeadersAlone())
        {
            return Results.Empty;
        }

        var terminal = TerminalCallers.IdOf(http.User);
        await CopyAsync(content, response.Body, () => terminal is null ? Task.CompletedTask : TellAsync(grains, time, terminal, filename), http.RequestAborted);
        return Results.Empty;
    }

    /// <summary>Copies; the last part waits until <paramref name="beforeEnd"/> is done.</summary>
    private static async Task CopyAsync(Stream content, Stream body, Func<Task> beforeEnd, CancellationToken cancellationToken)
    {
        var buffers = (Read: new byte[BufferBytes], Write: new byte[BufferBytes]);
        var waiting = 0;
        while (await content.ReadAsync(buffers.Read, cancellationToken) is > 0 and var count)
        {
            await body.WriteAsync(buffers.Write.AsMemory(0, waiting), cancellationToken);
            buffers = (buffers.Write, buffers.Read);
            waiting = count;
        }

        await beforeEnd();
        await body.WriteAsync(buffers.Write.AsMemory(0, waiting), cancellationToken);
    }

    /// <summary>
    /// The terminal prints what it has wholly, so this comes before its end: what was told may not arrive, and then its
    /// pin is still good; what arrived and was not told would be printed again.
    /// </summary>
    private static Task<bool> TellAsync(IGrainFactory grains, TimeProvider time, string terminal, string filename) => Retry.UntilAnsweredAsync(
        async _ =>
        {
            await grains.GetTerminalGrain(new TerminalKey(terminal)).FetchedAsync(filename);
            return true;
        },
        Patience, time, CancellationToken.None);
}
