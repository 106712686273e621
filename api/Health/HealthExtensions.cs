namespace Actors.Api.Health;

internal static class HealthExtensions
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<IReadinessCheck, StorageCheck>()
        .AddSingleton<IReadinessCheck, EngineCheck>();
}
