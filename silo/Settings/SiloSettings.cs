using Actors.Silo.Hosting;
using Actors.Silo.Mail;
using Actors.Silo.Meetings;
using Actors.Silo.Notifications;
using Actors.Silo.Printing;
using Actors.Silo.Tallying;

namespace Actors.Silo.Settings;

/// <summary>All settings of a silo that runs by itself.</summary>
internal static class SiloSettings
{
    public static SettingsCatalog Catalog { get; } = new SettingsCatalog()
        .Add<DataOptions>()
        .Add<ConnectionStringsOptions>()
        .Add<ClusterOptions>()
        .Require<ClusterOptions, ConnectionStringsOptions>(EngineHosting.Refusals)
        .Add<MailOptions>()
        .Add<OtlpOptions>()
        .Add<TallySettings>()
        .Add<PrintSettings>()
        .Add<BbbSettings>()
        .Add<PushSettings>()
        .AddFramework("Logging", "Environment", "ContentRoot", "ApplicationName", "ShutdownTimeoutSeconds");
}
