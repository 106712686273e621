using Actors.Silo.Storage.Memory;
using Actors.Tallying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Silo.Storage;

/// <summary>Registers one kind of storage: state, reminders, logs, tokens, mail, settings and their health.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>Storage that lives as long as the service provider: for tests.</summary>
    public static IServiceCollection AddMemoryStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<IStateStore, MemoryStateStore>()
            .AddSingleton<IReminderStore, MemoryReminderStore>()
            .AddSingleton<ITokenStore, MemoryTokenStore>()
            .AddSingleton<IMailStore, MemoryMailStore>()
            .AddSingleton<ISettingStore, MemorySettingStore>()
            .AddSingleton<ITallyLog, MemoryTallyLog>()
            .AddSingleton<ICertificateIndex, MemoryCertificateIndex>()
            .AddSingleton<IStorageHealth, MemoryStorageHealth>();
    }
}
