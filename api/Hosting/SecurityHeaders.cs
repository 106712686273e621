using System.Security.Cryptography;
using System.Text;

namespace Actors.Api.Hosting;

/// <summary>What browsers may do with our answers.</summary>
internal static class SecurityHeaders
{
    private const string OwnStyles = "style-src 'self'";

    // wasm-unsafe-eval: the QR decoder; blob: its worker and the pictures that pages make themselves
    private const string Policy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; " + OwnStyles + "; img-src 'self' blob: data:; media-src 'self' blob:; " +
        "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The policy of a page that carries this style sheet in itself.</summary>
    public static string WithStyle(string sheet) =>
        Policy.Replace(OwnStyles, $"{OwnStyles} 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'", StringComparison.Ordinal);

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // the exception handler clears headers that were set before it
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            // the uuids in our addresses are keys
            headers.TryAdd("Referrer-Policy", "no-referrer");
            headers.TryAdd("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
