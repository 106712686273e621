using Actors.Meetings;
using Actors.Silo.Meetings;
using Actors.Silo.Settings;

namespace Actors.Api.Demo.Conferences;

/// <summary>A simulated BigBlueButton server for those who try meetings.</summary>
internal static class DemoConferenceExtensions
{
    /// <summary>There while this process is alone and the settings name no server, unless Bbb:Demo says otherwise.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="serves">Whether this process serves; commands run beside it.</param>
    public static void AddDemoConferences(this IServiceCollection services, bool serves)
    {
        var settings = services.Find<BbbSettings>();
        if (!serves || !(settings.Demo ?? true) || settings.Servers.Count > 0 || services.Find<ConnectionStringsOptions>().Actors is not null)
        {
            return;
        }

        settings.Servers = new Dictionary<string, BbbServerOptions>(StringComparer.Ordinal)
        {
            // without an address: nothing leads there but what is simulated
            [DemoBbb.Server] = new(),
        };
        services.AddSingleton<DemoRooms>();
        services.AddSingleton<BbbClient>();
        services.AddSingleton<DemoBbb>();
        services.AddSingleton<IBbbApi>(provider => provider.GetRequiredService<DemoBbb>());
    }

    public static void MapDemoConferences(this WebApplication app)
    {
        if (app.Services.GetService<DemoRooms>() is not null)
        {
            app.MapDemoRooms();
        }
    }
}
