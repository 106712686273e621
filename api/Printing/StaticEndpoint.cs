using Actors.Api.Printing.Terminals;
using Actors.Api.Problems;
using Actors.Printing;
using Orleans;

namespace Actors.Api.Printing;

/// <summary>Contents by their stored names, which nobody can guess.</summary>
internal static class StaticEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapContents(this IEndpointRouteBuilder print) =>
        print.MapGet("/static/{filename}", GetAsync).WithName("getContent").WithSummary("A content, as PDF; a terminal that fetches it has taken it.");

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
        await content.CopyToAsync(response.Body, http.RequestAborted);
        await response.CompleteAsync();
        if (TerminalCallers.IdOf(http.User) is { } terminal)
        {
            // all of it is on its way: the terminal prints it, and must not be given it again
            await Retry.UntilAnsweredAsync(
                async _ =>
                {
                    await grains.GetTerminalGrain(new TerminalKey(terminal)).FetchedAsync(filename);
                    return true;
                },
                Patience, time, CancellationToken.None);
        }

        return Results.Empty;
    }
}
