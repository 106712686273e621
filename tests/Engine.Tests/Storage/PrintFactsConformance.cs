using Actors.Printing;

namespace Actors.Engine.Tests.Storage;

public abstract class PrintFactsConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IPrintFacts Facts => Storage.Service<IPrintFacts>();

    [Fact]
    public async Task Add_TheSameTwice_CountsOnce()
    {
        var print = new PrintFact(Guid.NewGuid(), Guid.NewGuid(), Member: 7, "hall", s_noon, Sheets: 3);

        await Facts.AddAsync(print, Cancel);
        Storage.Restart();
        await Facts.AddAsync(print with { Sheets = 30 }, Cancel);

        Assert.Equal(print, Assert.Single(await Facts.ReadAsync(0, 10, Cancel)).Fact);
        Assert.Equal(3, await Facts.SheetsAsync(7, s_noon, s_noon.AddSeconds(1), Cancel));
    }

    [Fact]
    public async Task Sheets_OfAMember_AreThoseOfTheTime()
    {
        foreach (var (member, hours, sheets) in ((long?, int, int)[])[(1, -1, 1), (1, 0, 2), (1, 1, 4), (1, 2, 8), (2, 0, 16), (null, 0, 32)])
        {
            await Facts.AddAsync(new PrintFact(Guid.NewGuid(), Guid.NewGuid(), member, "hall", s_noon.AddHours(hours), sheets), Cancel);
        }

        Assert.Equal(6, await Facts.SheetsAsync(1, s_noon, s_noon.AddHours(2), Cancel));
        Assert.Equal(0, await Facts.SheetsAsync(3, s_noon, s_noon.AddHours(2), Cancel));
    }

    [Fact]
    public async Task Sum_ByEach_CountsWhatWasPrintedInTheTime()
    {
        foreach (var (member, terminal, hours, sheets) in ((long?, string, int, int)[])[(7, "b", -13, 1), (7, "b", -12, 2), (12, "B", 0, 4), (null, "a", 0, 8), (7, "a", 12, 16), (7, "a", 13, 32)])
        {
            await Facts.AddAsync(new PrintFact(Guid.NewGuid(), Guid.NewGuid(), member, terminal, s_noon.AddHours(hours), sheets), Cancel);
        }

        var (since, until) = (s_noon.AddHours(-12), s_noon.AddHours(13));
        var day = (s_noon - DateTimeOffset.UnixEpoch).Days;
        Assert.Equal([new($"{day}", 3, 14), new($"{day + 1}", 1, 16)], await Facts.SumAsync(PrintSumBy.Day, since, until, 10, Cancel));
        Assert.Equal([new(null, 1, 8), new("7", 2, 18), new("12", 1, 4)], await Facts.SumAsync(PrintSumBy.Member, since, until, 10, Cancel));
        Assert.Equal([new("B", 1, 4), new("a", 2, 24)], await Facts.SumAsync(PrintSumBy.Terminal, since, until, 2, Cancel));
        Assert.Empty(await Facts.SumAsync(PrintSumBy.Day, until.AddDays(1), until.AddDays(2), 10, Cancel));
    }

    [Fact]
    public async Task Read_InPages_GivesEachOnceInOrder()
    {
        var prints = Enumerable.Range(0, 25).Select(i => new PrintFact(Guid.NewGuid(), Guid.NewGuid(), i % 2 == 0 ? i : null, "hall", s_noon.AddMinutes(i), i)).ToList();
        foreach (var print in prints)
        {
            await Facts.AddAsync(print, Cancel);
        }

        var read = new List<PrintFact>();
        for (var page = await Facts.ReadAsync(0, 10, Cancel); page.Length > 0; page = await Facts.ReadAsync(page[^1].Place, 10, Cancel))
        {
            read.AddRange(page.Select(print => print.Fact));
        }

        Assert.Equal(prints, read);
    }
}

public sealed class MemoryPrintFactsTests : PrintFactsConformance<MemoryHarness>;

public sealed class SqlitePrintFactsTests : PrintFactsConformance<SqliteHarness>;

public sealed class PostgresPrintFactsTests : PrintFactsConformance<PostgresHarness>;
