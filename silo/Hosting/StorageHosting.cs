using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Hosting;

/// <summary>Chooses where a process stores.</summary>
public static class StorageHosting
{
    /// <summary>The shared database where there is a connection string (<c>ConnectionStrings:Actors</c>), otherwise the embedded one.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="dataPath">The folder of the embedded database.</param>
    /// <param name="connectionString">Of PostgreSQL, or null.</param>
    /// <param name="exclusive">Whether this process serves, which one at a time can from a folder.</param>
    public static IServiceCollection AddActorsStorage(this IServiceCollection services, string dataPath, string? connectionString, bool exclusive) =>
        string.IsNullOrWhiteSpace(connectionString)
            ? services.AddSqliteStorage(dataPath, exclusive)
            : services.AddPostgresStorage(connectionString, dataPath);
}
