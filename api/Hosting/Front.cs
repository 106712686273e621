using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Api.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace Actors.Api.Hosting;

/// <summary>JSON, compression, other origins, proxies: what every route has in common.</summary>
internal static class Front
{
    private static readonly object s_headersAlone = new();
    private static readonly TimeSpan StrictTransportAge = TimeSpan.FromDays(365);

    public static void AddFront(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        // compressing over https tells secrets only to those who can make a victim's browser send its own; no cookie does that here
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "application/manifest+json", "image/svg+xml"];
        });
        services.AddOptions<ForwardedHeadersOptions>().Configure<ProxyOptions>((forwarded, proxy) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            forwarded.ForwardLimit = null;
            foreach (var network in proxy.Networks)
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
        services.AddHsts(hsts => hsts.MaxAge = StrictTransportAge);
        services.AddCors();
    }

    /// <summary>Without a known proxy nobody's X-Forwarded headers count.</summary>
    public static void UseProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ProxyOptions>().Known.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    /// <summary>Not with a local authority: a browser that lost its trust could then not even reach the page that explains it.</summary>
    public static void UseStrictTransport(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<HttpsOptions>().Enabled)
        {
            app.UseHsts();
        }
    }

    /// <summary>Whatever can be read can be asked for its headers alone; the server leaves out the body by itself.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Request.Method = HttpMethods.Get;
        context.Items[s_headersAlone] = s_headersAlone;
        await next(context);
        context.Request.Method = HttpMethods.Head;
    });

    /// <summary>Whether nothing of the body will be sent: where reading it has an effect, it has none then.</summary>
    public static bool IsAskedForHeadersAlone(this HttpContext context) => context.Items.ContainsKey(s_headersAlone);

    public static void UseOtherOrigins(this WebApplication app)
    {
        if (app.Services.GetRequiredService<CorsOptions>().Origins is { Count: > 0 } origins)
        {
            app.UseCors(policy => policy.WithOrigins([.. origins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Retry-After", "Location"));
        }
    }
}
