using Actors.Api.Https;
using Actors.Api.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Actors.Api.Hosting;

/// <summary>What one connection may cost.</summary>
internal static class KestrelSettings
{
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(10);

    /// <summary>A request that has not ended by then is cut: whoever stops a process kills it after some 10 to 30 seconds.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    public static void AddKestrel(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<LimitsOptions, HttpsOptions>((kestrel, limits, https) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            // a body that trickles for ever ends here
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, BodyGrace);
            if (https.Enabled)
            {
                var certificate = kestrel.ApplicationServices.GetRequiredService<LocalCertificate>();
                kestrel.ConfigureHttpsDefaults(defaults => defaults.ServerCertificateSelector = (_, _) => certificate.Current);
            }
        });
    }
}
