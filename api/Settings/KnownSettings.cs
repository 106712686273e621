using Actors.Silo.Hosting;
using Actors.Silo.Mail;
using Actors.Silo.Meetings;
using Actors.Silo.Notifications;
using Actors.Silo.Printing;
using Actors.Silo.Settings;
using Actors.Silo.Tallying;

namespace Actors.Api.Settings;

/// <summary>All settings of this program.</summary>
internal static class KnownSettings
{
    public static SettingsCatalog Catalog { get; } = new SettingsCatalog()
        .Add<DataOptions>()
        .Add<ConnectionStringsOptions>()
        .Add<ClusterOptions>()
        .Require<ClusterOptions, ConnectionStringsOptions>(EngineHosting.Refusals)
        .Add<AdminOptions>()
        .Add<PublicOptions>()
        .Add<ProxyOptions>()
        .Add<CorsOptions>()
        .Add<HttpsOptions>()
        .Add<LimitsOptions>()
        .Add<MailOptions>()
        .Add<OtlpOptions>()
        .Add<TallySettings>()
        .Add<PrintSettings>()
        .Add<BbbSettings>()
        .Add<PushSettings>()
        .AddFramework("HostBuilder", "Logging", "Kestrel", "AllowedHosts", "Urls", "Http_Ports", "Https_Ports", "Environment", "ContentRoot",
            "ApplicationName", "WebRoot", "ShutdownTimeoutSeconds", "PreferHostingUrls", "DetailedErrors", "CaptureStartupErrors", "HostingStartupAssemblies",
            "PreventHostingStartup", "HostingStartupExcludeAssemblies", "SuppressStatusMessages", "StaticWebAssets", "ForwardedHeaders_Enabled");
}
