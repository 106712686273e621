using Actors.Api.Cli;

namespace Actors.Api.Hosting;

internal static class AnnouncementExtensions
{
    public static void AddAnnouncement(this IServiceCollection services)
    {
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<RunningServer>();
        services.AddHostedService<Announcement>();
    }
}
