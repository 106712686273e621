using Actors.Tallying.Counters;
using Actors.Tallying.Feed;
using Actors.Tallying.Gossip;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Tallying;

/// <summary>Registers what the grains of tallying need in a silo.</summary>
public static class TallyingServiceCollectionExtensions
{
    /// <summary>Options (sections "Tally" and "Tally:Gossip"), feeds, gossip, instruments and the sweep for undecided scans; storage and engine come from the host.</summary>
    public static IServiceCollection AddTallying(this IServiceCollection services)
    {
        services.AddOptions<TallyingOptions>().BindConfiguration(TallyingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TallyingOptions>, TallyingOptionsValidator>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TallyingInstruments>();
        services.AddOptions<GossipOptions>().BindConfiguration(GossipOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GossipOptions>, GossipOptionsValidator>();
        services.AddSingleton<GossipInstruments>();
        services.AddSingleton<CampaignFeeds>();
        services.AddSingleton<CounterBoard>();
        services.AddSingleton<GossipHomes>();
        services.AddHostedService<PendingSweep>();
        services.AddHostedService<LogRetention>();
        return services;
    }
}
