using Actors.Notifications;

namespace Actors.Engine.Tests.Storage.Notifications;

public abstract class MessageStoreConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private IMessageStore Messages => Storage.Service<IMessageStore>();

    [Fact]
    public async Task Add_TheSameId_KeepsTheFirst()
    {
        var message = Sample.Message("m1", total: 2);
        await Messages.AddAsync(message, ["ada", "Žofie 漢字"], Cancel);
        Storage.Restart();

        var kept = await Messages.AddAsync(message with { Fingerprint = [9], Total = 1 }, ["grace"], Cancel);

        Assert.Equal(message.Fingerprint, kept.Fingerprint);
        Assert.Equal(["ada", "Žofie 漢字"], await Messages.UsersAsync("m1", 0, 10, Cancel));
        var read = (await Messages.ReadAsync("m1", Cancel))!;
        Assert.Equal((message.Created, message.Due, null, null, 2, message.Progress), (read.Created, read.Due, read.Group, read.User, read.Total, read.Progress));
        Assert.Equal(message.Content.ToArray(), read.Content.ToArray());
        Assert.Null(await Messages.ReadAsync("m2", Cancel));
    }

    [Fact]
    public async Task Add_ByManyAtOnce_OneWins()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Messages.AddAsync(Sample.Message("m1") with { Fingerprint = [(byte)i] }, [$"user-{i}"], Cancel).AsTask()));

        var winner = Assert.Single(kept.Select(message => message.Fingerprint[0]).Distinct());
        Assert.Equal([$"user-{winner}"], await Messages.UsersAsync("m1", 0, 10, Cancel));
    }

    [Fact]
    public async Task Users_OfALongList_AreReadInParts()
    {
        var users = Sample.Users(100_000);
        await Messages.AddAsync(Sample.Message("m1", total: users.Length), users, Cancel);

        var read = new List<string>();
        while (await Messages.UsersAsync("m1", read.Count, 700, Cancel) is { IsEmpty: false } part)
        {
            read.AddRange(part);
        }

        Assert.Equal(users, read);
        Assert.Empty(await Messages.UsersAsync("m2", 0, 10, Cancel));
    }

    [Fact]
    public async Task Unfinished_AreThoseThatAreDue_TheEarliestFirst()
    {
        foreach (var (id, minutes, done) in ((string, int, bool)[])[("late", 5, false), ("early", -5, false), ("now", 0, false), ("done", -9, true), ("future", 6, false)])
        {
            await Messages.AddAsync(Sample.Message(id, minutes, user: "ada", done: done), [], Cancel);
        }

        Assert.Equal(["early", "now"], await Messages.UnfinishedAsync(Sample.Noon.AddMinutes(5), 2, Cancel));
        await Messages.AdvanceAsync("early", new MessageProgress(1, "ada", IsDone: true), Cancel);
        Storage.Restart();
        await Messages.AdvanceAsync("early", new MessageProgress(0, null, IsDone: false), Cancel);

        Assert.Equal(["now", "late"], await Messages.UnfinishedAsync(Sample.Noon.AddMinutes(5), 9, Cancel));
        Assert.Equal(new MessageProgress(1, "ada", IsDone: true), (await Messages.ReadAsync("early", Cancel))!.Progress);
    }

    [Fact]
    public async Task Delete_TakesWhatIsDoneAndOld_SoManyAtATime()
    {
        for (var i = 0; i < 5; i++)
        {
            await Messages.AddAsync(Sample.Message($"m{i}", i, done: i != 1), ["ada"], Cancel);
        }

        Assert.Equal(2, await Messages.DeleteAsync(Sample.Noon.AddMinutes(4), 2, Cancel));
        Assert.Equal(1, await Messages.DeleteAsync(Sample.Noon.AddMinutes(4), 2, Cancel));
        Assert.Equal(0, await Messages.DeleteAsync(Sample.Noon.AddMinutes(4), 2, Cancel));

        Assert.Null(await Messages.ReadAsync("m0", Cancel));
        Assert.Empty(await Messages.UsersAsync("m0", 0, 10, Cancel));
        Assert.NotNull(await Messages.ReadAsync("m1", Cancel));
        Assert.NotNull(await Messages.ReadAsync("m4", Cancel));
    }
}

public sealed class MemoryMessageStoreTests : MessageStoreConformance<MemoryHarness>;

public sealed class SqliteMessageStoreTests : MessageStoreConformance<SqliteHarness>;

public sealed class PostgresMessageStoreTests : MessageStoreConformance<PostgresHarness>;
