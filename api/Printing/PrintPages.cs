namespace Actors.Api.Printing;

/// <summary>The pages of printing: for those who print, for kiosks, and for the staff.</summary>
internal static class PrintPages
{
    public static void MapPrintPages(this IEndpointRouteBuilder app)
    {
        Map(app, "/print", "print.html");
        Map(app, "/terminal", "terminal.html");
        Map(app, "/terminals", "terminals.html");
    }

    private static void Map(IEndpointRouteBuilder app, string path, string page) => app.MapGet(path, (HttpContext http, IWebHostEnvironment environment) =>
    {
        http.Response.Headers.CacheControl = "no-cache";
        return environment.WebRootFileProvider.GetFileInfo(page) is { Exists: true, PhysicalPath: { } file }
            ? Results.File(file, "text/html; charset=utf-8")
            : Problems.Refusals.NotFound.ToResult();
    }).ExcludeFromDescription();
}
