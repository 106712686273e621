using System.Collections.Immutable;
using Actors.Printing;
using Actors.Silo.Storage;
using Actors.Silo.Storage.Migration;
using Actors.Tallying;
using Actors.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Engine.Tests.Storage.Postgres;

public sealed class PostgresMigrationTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 29, 2, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_OfAFullDatabase_MovesEverythingWithItsETags()
    {
        var (target, scans) = (await CreateAsync(), new Scans());
        var key = new StateKey("tally-certificate", "certificate:é");
        string? etag;
        PlacedScans placed;
        await using (var source = Sqlite())
        {
            (etag, placed) = await FillAsync(source, key, scans);
        }

        await RunAsync(target);

        await using var moved = new ServiceCollection().AddPostgresStorage(target, _folder.Path).BuildServiceProvider();
        var state = moved.GetRequiredService<IStateStore>();
        Assert.Equal(etag, (await state.ReadAsync(key, Cancel))!.ETag);
        Assert.Equal(StateWriteStatus.Written, (await state.WriteAsync(key, [2], etag, Cancel)).Status);
        var log = moved.GetRequiredService<ITallyLog>();
        Assert.Equal(placed.Events, (await log.ReadAsync("expo", 0, 10, Cancel)).Events);
        Assert.Equal(3, (await log.LastAsync(scans.ReaderId, Cancel)).Sequence);
        var undecided = Assert.Single(await log.ReadUndecidedAsync(scans.ReaderId, 10, Cancel));
        Assert.Equal(placed.Events[^1].Position, (await log.DecideAsync("expo", [Scans.Decide(undecided)], Cancel)).After);
        Assert.Equal("a", Assert.Single(await moved.GetRequiredService<ITokenStore>().ListAsync(Cancel)).Id);
        Assert.Equal([4, 2], await moved.GetRequiredService<ISettingStore>().ReadAsync("keys", Cancel));
        Assert.NotNull(await moved.GetRequiredService<IReminderStore>().ReadAsync(new ReminderKey("t", "k", "n"), Cancel));
        Assert.Equal(1, (await moved.GetRequiredService<IMailStore>().ReadAsync("mail", Cancel))!.Tries);
        var certificate = Assert.Single((await moved.GetRequiredService<ICertificateIndex>().ReadChangesAsync("expo", 0, 10, Cancel)).Certificates);
        Assert.Equal([new TextPair("nom", "Zoé")], certificate.Data);
        var other = new Scans { Campaign = "gala" };
        await log.AppendAsync(other.Take(1), Cancel);
    }

    [Fact]
    public async Task Run_Repeated_CopiesNothingAgain()
    {
        var target = await CreateAsync();
        await using (var source = Sqlite())
        {
            await FillAsync(source, new StateKey("a", "b"), new Scans());
        }

        await RunAsync(target);
        _told.Clear();
        await RunAsync(target);

        Assert.All(_told, line => Assert.Contains("copied before", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AfterItWasBrokenOff_GoesOn()
    {
        var target = await CreateAsync();
        await using (var source = Sqlite())
        {
            await FillAsync(source, new StateKey("a", "b"), new Scans());
        }

        await Assert.ThrowsAsync<OperationCanceledException>(() => PostgresMigration.RunAsync(
            _folder.Path, target, line => _ = line.StartsWith("tally_reader", StringComparison.Ordinal) ? throw new OperationCanceledException() : 0, Cancel));

        await RunAsync(target);

        Assert.Contains(_told, line => line.Contains("copied before", StringComparison.Ordinal));
        Assert.Contains("grain_state: 1 rows, verified", _told);
    }

    [Fact]
    public async Task Run_IntoADatabaseThatIsInUse_IsRefused()
    {
        var target = await CreateAsync();
        await using (var inUse = new ServiceCollection().AddPostgresStorage(target, _folder.Path).BuildServiceProvider())
        {
            await inUse.GetRequiredService<ISettingStore>().GetOrCreateAsync("keys", () => [1], Cancel);
        }

        await using (var source = Sqlite())
        {
            await FillAsync(source, new StateKey("a", "b"), new Scans());
        }

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(target));
        Assert.Contains("not empty", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAnotherDatabaseIntoTheSame_IsRefused()
    {
        var target = await CreateAsync();
        await using (var source = Sqlite())
        {
            await FillAsync(source, new StateKey("a", "b"), new Scans());
        }

        await RunAsync(target);
        using var folder = new TemporaryFolder();
        await using (var other = new ServiceCollection().AddSqliteStorage(folder.Path).BuildServiceProvider())
        {
            await other.GetRequiredService<ISettingStore>().GetOrCreateAsync("keys", () => [1], Cancel);
        }

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => PostgresMigration.RunAsync(folder.Path, target, _told.Add, Cancel));
        Assert.Contains("another embedded database", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhileAServerRunsOnTheFolder_IsRefused()
    {
        await using var server = Sqlite();
        server.GetRequiredService<IStateStore>();

        await Assert.ThrowsAsync<DataFolderInUseException>(async () => await RunAsync(await CreateAsync()));
    }

    [Fact]
    public async Task Run_OfAFolderWithoutADatabase_MakesNone()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () => await RunAsync(await CreateAsync()));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Run_OfAFolderWithUploads_MovesThemWithTheirAge()
    {
        var target = await CreateAsync();
        var large = new byte[600_000];
        new Random(1).NextBytes(large);
        await using (var source = Sqlite())
        {
            await FillAsync(source, new StateKey("a", "b"), new Scans());
            var store = source.GetRequiredService<IFileStore>();
            await SaveAsync(store, "large.pdf", large);
            await SaveAsync(store, "old.pdf", [1]);
        }

        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "files", "old.pdf"), s_now.UtcDateTime);

        await RunAsync(target);
        Assert.Contains("print_content: 2 contents, verified", _told);
        await RunAsync(target);

        await using var moved = new ServiceCollection().AddPostgresStorage(target, _folder.Path).BuildServiceProvider();
        var contents = moved.GetRequiredService<IFileStore>();
        await using var content = await contents.OpenAsync("large.pdf", Cancel);
        var read = new byte[large.Length];
        await content!.ReadExactlyAsync(read, Cancel);
        Assert.Equal(large, read);
        Assert.Equal(0, await content.ReadAsync(read, Cancel));
        Assert.Equal(1, await contents.DeleteOldAsync(s_now.AddDays(1), Cancel));
        Assert.Null(await contents.OpenAsync("old.pdf", Cancel));
    }

    private static async Task SaveAsync(IFileStore store, string name, byte[] content)
    {
        var path = Path.Combine(store.Spool, name);
        await File.WriteAllBytesAsync(path, content, Cancel);
        await store.SaveAsync(name, path, Cancel);
    }

    private static async Task<string> CreateAsync() => await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

    private static async Task<(string? ETag, PlacedScans Placed)> FillAsync(ServiceProvider source, StateKey key, Scans scans)
    {
        var state = source.GetRequiredService<IStateStore>();
        var etag = (await state.WriteAsync(key, [1, 2, 3], etag: null, Cancel)).ETag;
        var log = source.GetRequiredService<ITallyLog>();
        var rows = await log.AppendAsync(scans.Take(3), Cancel);
        var placed = await log.DecideAsync("expo", [Scans.Decide(rows[0]), Scans.Decide(rows[1], ScanOutcome.Duplicate, rows[0].EventId)], Cancel);
        await source.GetRequiredService<ITokenStore>().InsertAsync(new ApiToken("a", "n", ["admin"], [1, 2], s_now, RevokedAt: null), Cancel);
        await source.GetRequiredService<ISettingStore>().GetOrCreateAsync("keys", () => [4, 2], Cancel);
        await source.GetRequiredService<IReminderStore>().UpsertAsync(new ReminderKey("t", "k", "n"), s_now, TimeSpan.FromMinutes(1), Cancel);
        var mails = source.GetRequiredService<IMailStore>();
        await mails.EnqueueAsync("mail", [9], s_now, Cancel);
        await mails.ClaimDueAsync(s_now, s_now.AddHours(1), 1, Cancel);
        ImmutableArray<TextPair> data = [new TextPair("nom", "Zoé")];
        await source.GetRequiredService<ICertificateIndex>().PutAsync(
            new IndexedCertificate("expo", Guid.NewGuid(), "ABCD1234", 10, Revoked: true, s_now, ValidityEnd: null, data), Cancel);
        return (etag, placed);
    }

    private ServiceProvider Sqlite() => new ServiceCollection().AddSqliteStorage(_folder.Path).BuildServiceProvider();

    private Task RunAsync(string target) => PostgresMigration.RunAsync(_folder.Path, target, _told.Add, Cancel);
}
