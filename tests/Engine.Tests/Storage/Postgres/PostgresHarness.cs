using System.Collections.Concurrent;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Postgres;
using Actors.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Engine.Tests.Storage;

/// <summary>A database per test class on the server of the run, emptied for each test.</summary>
public sealed class PostgresHarness : IStorageHarness
{
    private const string Empty =
        "DELETE FROM grain_state; DELETE FROM reminder; DELETE FROM api_token; DELETE FROM mail; DELETE FROM setting; "
        + "DELETE FROM tally_event; DELETE FROM tally_event_id; DELETE FROM tally_reader; DELETE FROM tally_campaign; "
        + "DELETE FROM tally_certificate; DELETE FROM tally_roster; DELETE FROM print_member; DELETE FROM print_fact; "
        + "DELETE FROM print_content; DELETE FROM print_chunk; "
        + "DELETE FROM push_message; DELETE FROM push_message_users; DELETE FROM notification; DELETE FROM push_delivery; DELETE FROM push_group_member";

    private static readonly ConcurrentDictionary<string, string> s_databases = new();

    private readonly string _connectionString = s_databases.GetOrAdd(TestContext.Current.TestClass!.TestClassName, _ => Create());
    private readonly TemporaryFolder _folder = new();
    private ServiceProvider _services;

    public PostgresHarness()
    {
        _services = Open();
        using var empty = _services.GetRequiredService<PostgresDatabase>().Source.CreateCommand(Empty);
        empty.ExecuteNonQuery();
    }

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
        new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddPostgresStorage(_connectionString, _folder.Path).BuildServiceProvider();

#pragma warning disable VSTHRD002 // a harness is made by a constructor, on a thread that has no context
    private static string Create() =>
        Task.Run(async () => await (await PostgresServer.SharedAsync()).CreateDatabaseAsync()).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}
