using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Engine.Tests.Storage;

/// <summary>One kind of storage under test, fresh for each test.</summary>
public interface IStorageHarness : IDisposable
{
    ManualClock Clock { get; }

    T Service<T>()
        where T : notnull;

    /// <summary>Closes and opens it again, where it outlives its process.</summary>
    void Restart();
}

/// <summary>The rules that every kind of storage keeps; a class per kind runs them.</summary>
public abstract class StorageConformance<THarness> : IDisposable
    where THarness : IStorageHarness, new()
{
    protected THarness Storage { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Storage.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class MemoryHarness : IStorageHarness
{
    private readonly ServiceProvider _services;

    public MemoryHarness() =>
        _services = new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddMemoryStorage().BuildServiceProvider();

    public ManualClock Clock { get; } = new();

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Restart()
    {
    }

    public void Dispose() => _services.Dispose();
}

public sealed class SqliteHarness : IStorageHarness
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProvider _services;

    public SqliteHarness() => _services = Open();

    public ManualClock Clock { get; } = new();

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Restart()
    {
        _services.Dispose();
        _services = Open();
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    private ServiceProvider Open() =>
        new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddSqliteStorage(_folder.Path).BuildServiceProvider();
}
