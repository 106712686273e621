namespace Actors.Api.Health;

internal static class HealthExtensions
{
    public static void AddHealth(this IServiceCollection services) => services.AddSingleton<IReadinessCheck, StorageCheck>();
}
