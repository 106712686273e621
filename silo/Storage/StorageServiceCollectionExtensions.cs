using Actors.Notifications;
using Actors.Printing;
using Actors.Silo.Storage.Files;
using Actors.Silo.Storage.Memory;
using Actors.Silo.Storage.Migration;
using Actors.Silo.Storage.Postgres;
using Actors.Silo.Storage.Sqlite;
using Actors.Tallying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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
            .AddSingleton<IMemberDirectory, MemoryMemberDirectory>()
            .AddSingleton<IPrintFacts, MemoryPrintFacts>()
            .AddSingleton<MemoryNotifications>()
            .AddSingleton<IMessageStore, MemoryMessageStore>()
            .AddSingleton<INotificationStore, MemoryNotificationStore>()
            .AddSingleton<IDeliveryStore, MemoryDeliveryStore>()
            .AddSingleton<IGroupStore, MemoryGroupStore>()
            .AddSingleton<IFileStore, MemoryFileStore>()
            .AddSingleton<IStorageHealth, MemoryStorageHealth>();
    }

    /// <summary>The embedded database in a folder, opened when the first of its stores is asked for.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="dataPath">The folder; made when it is missing.</param>
    /// <param name="exclusive">Whether this process serves from the folder, which one at a time can; false for commands that run beside it.</param>
    /// <exception cref="DataFolderInUseException">At the first use: another process serves from the folder.</exception>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string dataPath, bool exclusive = true)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(provider => SqliteDatabase.Open(
                new SqliteOptions { DataPath = dataPath, Exclusive = exclusive },
                provider.GetService<ILogger<SqliteDatabase>>()))
            .AddSingleton<IStateStore, SqliteStateStore>()
            .AddSingleton<IReminderStore, SqliteReminderStore>()
            .AddSingleton<ITokenStore, SqliteTokenStore>()
            .AddSingleton<IMailStore, SqliteMailStore>()
            .AddSingleton<ISettingStore, SqliteSettingStore>()
            .AddSingleton<ITallyLog, SqliteTallyLog>()
            .AddSingleton<ICertificateIndex, SqliteCertificateIndex>()
            .AddSingleton<IMemberDirectory, SqliteMemberDirectory>()
            .AddSingleton<IPrintFacts, SqlitePrintFacts>()
            .AddSingleton<IMessageStore, SqliteMessageStore>()
            .AddSingleton<INotificationStore, SqliteNotificationStore>()
            .AddSingleton<IDeliveryStore, SqliteDeliveryStore>()
            .AddSingleton<IGroupStore, SqliteGroupStore>()
            .AddSingleton(provider => (IFileStore?)Folder(provider)
                ?? new FolderFileStore(FileFolders.Make(Path.Combine(Path.GetFullPath(dataPath), PostgresMigration.FilesFolder))))
            .AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<SqliteDatabase>());
    }

    /// <summary>
    /// A PostgreSQL database that all processes of a cluster share, opened when the first of its stores is asked for.
    /// Where an <see cref="IMembershipFence"/> is registered, what grains write requires this process's membership.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="connectionString">Npgsql's form: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <param name="dataPath">A folder of this process alone, where uploads are received.</param>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connectionString, string dataPath)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(provider => PostgresDatabase.Open(
                new PostgresOptions
                {
                    ConnectionString = connectionString,
                    Fence = provider.GetService<IMembershipFence>(),
                    StartPatience = TimeSpan.FromMinutes(1),
                    Stopping = provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default,
                    Replaced = () => provider.GetService<IHostApplicationLifetime>()?.StopApplication(),
                },
                provider.GetService<ILogger<PostgresDatabase>>()))
            .AddSingleton<IStateStore, PostgresStateStore>()
            .AddSingleton<IReminderStore, PostgresReminderStore>()
            .AddSingleton<ITokenStore, PostgresTokenStore>()
            .AddSingleton<IMailStore, PostgresMailStore>()
            .AddSingleton<ISettingStore, PostgresSettingStore>()
            .AddSingleton<ITallyLog, PostgresTallyLog>()
            .AddSingleton<ICertificateIndex, PostgresCertificateIndex>()
            .AddSingleton<IMemberDirectory, PostgresMemberDirectory>()
            .AddSingleton<IPrintFacts, PostgresPrintFacts>()
            .AddSingleton<IMessageStore, PostgresMessageStore>()
            .AddSingleton<INotificationStore, PostgresNotificationStore>()
            .AddSingleton<IDeliveryStore, PostgresDeliveryStore>()
            .AddSingleton<IGroupStore, PostgresGroupStore>()
            .AddSingleton(provider => (IFileStore?)Folder(provider)
                ?? new PostgresFileStore(
                provider.GetRequiredService<PostgresDatabase>(), Path.GetFullPath(dataPath), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<PostgresDatabase>());
    }

    /// <summary>The folder of the settings, which wins over where storage would keep contents by itself.</summary>
    private static FolderFileStore? Folder(IServiceProvider provider) =>
        provider.GetService<IOptions<PrintingOptions>>()?.Value is { } options && (options.StaticFolder ?? options.StaticPath) is { } folder
            ? new FolderFileStore(FileFolders.Make(Path.GetFullPath(folder)))
            : null;
}
