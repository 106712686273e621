using System.Security.Cryptography;
using System.Text;
using Actors.Engine.Cluster;
using Actors.Engine.Hosting;
using Actors.Silo.Hosting.Membership;
using Actors.Silo.Hosting.Statistics;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Actors.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Hosting;

/// <summary>The built-in engine's part in a cluster whose members are in PostgreSQL.</summary>
internal static partial class ClusterHosting
{
    private const string SecretName = "cluster-secret";
    private const int SecretBytes = 32;

    public static void AddCluster(this IServiceCollection services, ClusterPart part)
    {
        if (part.HoldsGrains)
        {
            // Asked at each write only, since the engine that knows it needs the storage itself.
            services.AddSingleton<IMembershipFence>(
                provider => new MembershipFence(() => provider.GetRequiredService<EngineControl>().Membership, part.Options.Id));
        }

        var membership = new MembershipOptions();
        services.AddSingleton<IMembershipTable>(provider => new PostgresMembershipTable(
            part.Database, part.Options.Id, ProgramVersion.Text, membership, new GenerationGuard(armsItself: true, why => End(provider, why))));
        services.AddSingleton<IClusterOverview>(provider => new MembershipOverview(
            provider.GetRequiredService<IMembershipTable>(), provider.GetRequiredService<IStatisticsStore>(), membership, part.Options.Id));
        services.AddSingleton(provider =>
        {
            var settings = new ClusterSettings { IsSilo = part.HoldsGrains };
            settings.Transport.ClusterId = part.Options.Id;
            settings.Transport.Listen = part.Options.ListenEndpoint;
            settings.Transport.Endpoint = part.Options.Endpoint;
            settings.Transport.FindSecret = part.Options.Secret is { } given
                ? _ => ValueTask.FromResult(given)
                : cancellationToken => SharedSecretAsync(provider.GetRequiredService<ISettingStore>(), cancellationToken);
            return settings;
        });
    }

    // What its grains remember is not stored there.
    private static void End(IServiceProvider provider, DatabaseRestoredException why)
    {
        var log = provider.GetRequiredService<ILogger<PostgresMembershipTable>>();
        LogReplaced(log, why);
        provider.GetService<IHostApplicationLifetime>()?.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "This process must end")]
    private static partial void LogReplaced(ILogger log, DatabaseRestoredException why);

    // Who may read the database is of the cluster anyhow.
    private static async ValueTask<string> SharedSecretAsync(ISettingStore settings, CancellationToken cancellationToken) =>
        Encoding.ASCII.GetString(await settings.GetOrCreateAsync(
            SecretName, static () => Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretBytes))), cancellationToken));
}
