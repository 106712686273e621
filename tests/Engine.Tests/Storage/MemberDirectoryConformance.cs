using Actors.Printing;

namespace Actors.Engine.Tests.Storage;

public abstract class MemberDirectoryConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private IMemberDirectory Members => Storage.Service<IMemberDirectory>();

    [Fact]
    public async Task Find_ByEitherNumberAndTheSurname_GivesTheMember()
    {
        await Members.ReplaceAsync([new("ИВАНОВ", "1015000", "S-1"), new("PETROV", null, "S-2")], Cancel);
        Storage.Restart();

        var found = await Members.FindAsync("ИВАНОВ", "1015000", students: false, Cancel);
        Assert.Equal(("ИВАНОВ", "1015000", "S-1"), (found!.Surname, found.UnionNumber, found.StudentNumber));
        Assert.Equal(found, await Members.FindAsync("ИВАНОВ", "S-1", students: false, Cancel));
        Assert.Null(await Members.FindAsync("PETROV", "1015000", students: true, Cancel));
        Assert.Null(await Members.FindAsync("PETROV", "S-2", students: false, Cancel));
        Assert.Equal("PETROV", (await Members.FindAsync("PETROV", "S-2", students: true, Cancel))!.Surname);
    }

    [Fact]
    public async Task Find_ANumberOfTwo_GivesTheOneWhoseUnionNumberItIs()
    {
        await Members.ReplaceAsync([new("SAME", "U-1", "7"), new("SAME", "7", null)], Cancel);

        Assert.Equal("7", (await Members.FindAsync("SAME", "7", students: true, Cancel))!.UnionNumber);
    }

    [Fact]
    public async Task Replace_WithEitherNumberThere_TakesItsPlaceAndItsId()
    {
        await Members.ReplaceAsync([new("A", "1", null), new("B", null, "2"), new("C", "3", null)], Cancel);
        var before = await Members.ListAsync(0, 10, Cancel);

        await Members.ReplaceAsync([new("BOTH", "1", "2"), new("NEW", "4", "5")], Cancel);
        Storage.Restart();

        var after = await Members.ListAsync(0, 10, Cancel);
        Assert.Equal(["BOTH", "C", "NEW"], after.Select(member => member.Surname));
        Assert.Equal(before[0].Id, after[0].Id);
        Assert.DoesNotContain(before[1].Id, after.Select(member => member.Id));
        Assert.DoesNotContain(after[2].Id, before.Select(member => member.Id));
    }

    [Fact]
    public async Task Replace_OneMemberByTwo_KeepsBothAndNoNumberTwice()
    {
        await Members.ReplaceAsync([new("OLD", "1", "2")], Cancel);

        await Members.ReplaceAsync([new("X", "1", null), new("Y", null, "2")], Cancel);

        Assert.Equal(["X", "Y"], (await Members.ListAsync(0, 10, Cancel)).Select(member => member.Surname).Order());
    }

    [Fact]
    public async Task Replace_ByManyAtOnce_LeavesEachNumberOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            async () => await Members.ReplaceAsync([.. Enumerable.Range(0, 50).Select(j => new NewMember($"N{i}", $"{j}", $"s{(j + i) % 50}"))], Cancel), Cancel)));

        var all = await Members.ListAsync(0, 1_000, Cancel);
        Assert.Equal(all.Length, all.Select(member => member.UnionNumber).Distinct().Count());
        Assert.Equal(all.Length, all.Select(member => member.StudentNumber).Distinct().Count());
        Assert.Contains(all.GroupBy(member => member.Surname), list => list.Count() == 50);
    }

    [Fact]
    public async Task List_InPages_GivesEachOnce()
    {
        await Members.ReplaceAsync([.. Enumerable.Range(0, 25).Select(i => new NewMember("M", $"{i}", null))], Cancel);

        var seen = new List<long>();
        for (var page = await Members.ListAsync(0, 10, Cancel); page.Length > 0; page = await Members.ListAsync(page[^1].Id, 10, Cancel))
        {
            seen.AddRange(page.Select(member => member.Id));
        }

        Assert.Equal(25, seen.Distinct().Count());
        Assert.Equal(25, seen.Count);
    }

    [Fact]
    public async Task Delete_ByANumber_ForgetsWhoHasIt()
    {
        await Members.ReplaceAsync([new("A", "1", "S"), new("B", "2", null)], Cancel);

        Assert.True(await Members.DeleteAsync("S", Cancel));
        Assert.False(await Members.DeleteAsync("1", Cancel));
        Assert.Equal(["B"], (await Members.ListAsync(0, 10, Cancel)).Select(member => member.Surname));
    }
}

public sealed class MemoryMemberDirectoryTests : MemberDirectoryConformance<MemoryHarness>;

public sealed class SqliteMemberDirectoryTests : MemberDirectoryConformance<SqliteHarness>;

public sealed class PostgresMemberDirectoryTests : MemberDirectoryConformance<PostgresHarness>;
