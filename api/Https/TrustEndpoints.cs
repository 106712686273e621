using Actors.Api.Settings;

namespace Actors.Api.Https;

/// <summary>The authority's certificate, and a page that says what to do with it; only with <c>--https</c>.</summary>
internal static class TrustEndpoints
{
    public static void AddLocalHttps(this IServiceCollection services)
    {
        services.AddSingleton<LocalCertificate>();
        services.AddSingleton<TrustInstructions>();
    }

    public static void MapTrust(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<HttpsOptions>().Enabled)
        {
            return;
        }

        app.MapGet("/ca.crt", (LocalCertificate certificate) =>
        {
            _ = certificate.Current;
            return Results.File(certificate.AuthorityPath, "application/x-x509-ca-cert", "actors-ca.crt");
        }).ExcludeFromDescription();
        app.MapGet("/ca", (HttpContext http) =>
        {
            http.Response.Headers.Vary = "Accept-Language";
            return Results.Content(TrustPage.Of(http.Request.Headers.AcceptLanguage), "text/html; charset=utf-8");
        }).ExcludeFromDescription();
    }
}
