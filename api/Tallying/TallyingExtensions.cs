using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.Api.Tallying.Batch;
using Actors.Api.Tallying.Hub;
using Actors.Api.Tallying.Wire;
using Actors.Silo.Tallying;
using Actors.Tallying;
using Actors.Tallying.Readers;
using Orleans;

namespace Actors.Api.Tallying;

/// <summary>The front of tallying: its two doors.</summary>
internal static class TallyingExtensions
{
    public static void AddTallyingServices(this IServiceCollection services)
    {
        TallySettings.Use(services);
        services.AddSingleton(new ErrorShapePath("/pointage", Envelope.Shape));
        services.AddSingleton(new ErrorShapePath("/qrcode", Envelope.Shape));
        services.AddSingleton<TallySync>();
        services.AddSingleton<ReaderConfigurations>();
        services.AddSingleton<PushedPages>();
        services.AddSingleton<ReaderConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<ReaderConnections>());
    }

    public static void MapTallyingEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapPointage();
        app.MapCertificates();
        app.MapReaders();
        app.MapCampaigns();
        app.MapStatistics();
        app.MapBatch();
        app.MapHub<ReadersHub>("/hubs/readers", hub => hub.AllowStatefulReconnects = false).Add(RefuseStrangers);
    }

    /// <summary>A page of a reader that may not be opened gets no connection, and an answer that says why.</summary>
    private static void RefuseStrangers(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async http =>
        {
            var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
            var reader = Uuids.TryParse(http.Request.Query["reader"], out var id) ? await grains.GetReaderGrain(new ReaderKey(id)).GetAsync() : null;
            var status = ReaderRules.MayOpen(reader, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
            if (TallyRefusals.Of(status) is { } refusal)
            {
                var wait = reader is null ? await http.CountMissAsync(ReaderEndpoints.Misses) : null;
                await (wait is null ? refusal.ToResult() : http.TooManyMisses(wait.Value)).ExecuteAsync(http);
                return;
            }

            await next(http);
        };
    }
}
