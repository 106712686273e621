using System.Globalization;
using System.Net;
using System.Text;
using Actors.Api.Hosting;
using Actors.Api.Pages;
using Actors.Notifications;
using Actors.Silo.Notifications;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Api.Demo.Devices;

/// <summary>A simulated device for those who try notifications, and the page that is its screen.</summary>
internal static class DemoDeviceExtensions
{
    /// <summary>The page of a device.</summary>
    public const string Prefix = "/demo/device/";

    private const int MaxId = 64;

    private const string Style =
        "body{margin:0;font:1.1rem/1.5 system-ui,sans-serif;background:#12292c;color:#fff}main{max-width:26rem;margin:0 auto;padding:1.5rem 1.25rem}" +
        "h1{font-size:1.3rem}ul{list-style:none;margin:1rem 0;padding:0}li{padding:.75rem 1rem;margin:.75rem 0;border-radius:1rem;background:#fff;color:#12262b;overflow-wrap:anywhere;white-space:pre-line}" +
        "a{color:#0b4f57}small{opacity:.8}:focus-visible{outline:3px solid #ffbf47;outline-offset:3px}";

    private static readonly string s_policy = SecurityHeaders.WithStyle(Style);

    /// <summary>There while this process is alone, unless Push:Demo says otherwise.</summary>
    public static void AddDemoDevices(this IServiceCollection services, bool serves)
    {
        if (!serves || !(services.Find<PushSettings>().Demo ?? true) || services.Find<ConnectionStringsOptions>().Actors is not null)
        {
            return;
        }

        services.RemoveAll<IPushSender>();
        services.AddSingleton<PushSender>();
        services.AddSingleton<DemoDevices>();
        services.AddSingleton<IPushSender>(provider => new DemoPushSender(provider.GetRequiredService<PushSender>(), provider.GetRequiredService<DemoDevices>()));
    }

    public static void MapDemoDevices(this WebApplication app)
    {
        if (app.Services.GetService<DemoDevices>() is not null)
        {
            app.MapGet(Prefix + "{id}", Show).ExcludeFromDescription();
        }
    }

    private static IResult Show(HttpContext http, DemoDevices devices, string id)
    {
        var isFrench = Languages.Choose(http.Request.Headers.AcceptLanguage) == "fr";
        var items = new StringBuilder();
        foreach (var notice in id.Length > MaxId ? [] : devices.Look(id))
        {
            var open = notice.Url is null ? "" : $" <a href=\"{WebUtility.HtmlEncode(notice.Url)}\">{(isFrench ? "Ouvrir" : "Open")}</a>";
            items.Append(CultureInfo.InvariantCulture, $"<li><strong>{WebUtility.HtmlEncode(notice.Summary)}</strong> <small>{notice.At:HH:mm:ss} UTC</small>\n{WebUtility.HtmlEncode(notice.Body)}{open}</li>");
        }

        var title = isFrench ? "Appareil de démonstration" : "Demo device";
        var empty = isFrench ? "Rien ne s’affiche. Ce qui est notifié apparaît ici ; ce qui est lu ailleurs disparaît." : "Nothing is shown. What is notified appears here; what is read elsewhere disappears.";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = s_policy;
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="{(isFrench ? "fr" : "en")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="3"><title>{title}</title><style>{Style}</style></head>
            <body><main><h1>{title}</h1>{(items.Length == 0 ? $"<p>{empty}</p>" : $"<ul id=\"shown\">{items}</ul>")}</main></body>
            </html>
            """,
            "text/html; charset=utf-8");
    }
}
