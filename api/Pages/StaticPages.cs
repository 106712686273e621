using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Actors.Api.Pages;

/// <summary>The files that web/ was built into.</summary>
internal static partial class StaticPages
{
    private const string Binary = "application/octet-stream";

    /// <summary>They lie beside the program, wherever it is started from.</summary>
    public static string Root => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static void UsePages(this WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json", [".bcmap"] = Binary, [".pfb"] = Binary } };
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = CacheControl(context.Context.Request.Path.Value ?? ""),
        });
    }

    /// <summary>The start page, in the visitor's language where it exists in several.</summary>
    public static void MapStartPage(this WebApplication app) => app.MapGet("/", (HttpContext http, IWebHostEnvironment environment) =>
    {
        http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        http.Response.Headers.CacheControl = "no-cache";
        var language = Languages.Choose(http.Request.Headers.AcceptLanguage);
        var page = new[] { $"index.{language}.html", "index.html" }
            .Select(name => environment.WebRootFileProvider.GetFileInfo(name))
            .FirstOrDefault(file => file.Exists);
        return page is null ? Problems.Refusals.NotFound.ToResult() : Results.File(page.PhysicalPath!, "text/html; charset=utf-8");
    }).ExcludeFromDescription();

    /// <summary>A page that speaks the visitor's language by itself, under an address of its own.</summary>
    public static void MapPage(this IEndpointRouteBuilder app, string route, string page) => app.MapGet(route, (HttpContext http, IWebHostEnvironment environment) =>
    {
        http.Response.Headers.CacheControl = "no-cache";
        return environment.WebRootFileProvider.GetFileInfo(page) is { Exists: true, PhysicalPath: { } file }
            ? Results.File(file, "text/html; charset=utf-8")
            : Problems.Refusals.NotFound.ToResult();
    }).ExcludeFromDescription();

    /// <summary>A name with a hash never changes its content; everything else is asked for again, the service worker above all.</summary>
    internal static string CacheControl(string path) =>
        Hashed().IsMatch(path) ? "public, max-age=31536000, immutable" : "no-cache";

    [GeneratedRegex(@"^/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Hashed();
}
