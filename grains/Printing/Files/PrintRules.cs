namespace Actors.Printing.Files;

/// <summary>What may be printed.</summary>
public static class PrintRules
{
    /// <summary>Whether a file of so many pages may be printed so.</summary>
    /// <param name="pages">The pages of the file; 0 while nobody knows.</param>
    /// <param name="options">How.</param>
    /// <param name="maxSheets">Sheets at most.</param>
    public static PrintFileStatus Judge(int pages, PrintOptions options, int maxSheets)
    {
        if (pages == 0)
        {
            return PrintFileStatus.Done;
        }

        if (PageRanges.Parse(options.Pages) is { } ranges && ranges.Last > pages)
        {
            return PrintFileStatus.NoSuchPage;
        }

        return PageRanges.Sheets(pages, options) > maxSheets ? PrintFileStatus.TooManySheets : PrintFileStatus.Done;
    }
}
