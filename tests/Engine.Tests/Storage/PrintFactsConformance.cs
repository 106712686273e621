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
