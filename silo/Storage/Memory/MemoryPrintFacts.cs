using System.Collections.Immutable;
using System.Globalization;
using Actors.Printing;

namespace Actors.Silo.Storage.Memory;

/// <summary>Prints that are remembered as long as the process lives: for tests.</summary>
internal sealed class MemoryPrintFacts : IPrintFacts
{
    private readonly Lock _lock = new();
    private readonly List<LoggedPrint> _prints = [];

    public ValueTask AddAsync(PrintFact fact, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_prints.Exists(print => print.Fact.Id == fact.Id))
            {
                _prints.Add(new LoggedPrint(_prints.Count + 1, fact));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<LoggedPrint>> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<ImmutableArray<LoggedPrint>>([.. _prints.Where(print => print.Place > after).Take(limit)]);
        }
    }

    public ValueTask<long> SheetsAsync(long member, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_prints
                .Where(print => print.Fact.Member == member && print.Fact.At >= since && print.Fact.At < until)
                .Sum(print => (long)print.Fact.Sheets));
        }
    }

    public ValueTask<ImmutableArray<PrintSum>> SumAsync(
        PrintSumBy by, DateTimeOffset since, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var prints = _prints.Select(print => print.Fact).Where(print => print.At >= since && print.At < until);
            return ValueTask.FromResult<ImmutableArray<PrintSum>>(by switch
            {
                PrintSumBy.Day => Sum(prints.GroupBy(print => (print.At - DateTimeOffset.UnixEpoch).Days).OrderBy(day => day.Key), limit),
                PrintSumBy.Member => Sum(prints.GroupBy(print => print.Member).OrderBy(member => member.Key), limit),
                _ => Sum(prints.GroupBy(print => print.Terminal).OrderBy(terminal => terminal.Key, StringComparer.Ordinal), limit),
            });
        }
    }

    private static ImmutableArray<PrintSum> Sum<TKey>(IEnumerable<IGrouping<TKey, PrintFact>> parts, int limit) =>
        [.. parts.Take(limit).Select(part => new PrintSum(
            part.Key is null ? null : string.Create(CultureInfo.InvariantCulture, $"{part.Key}"), part.Count(), part.Sum(print => (long)print.Sheets)))];
}
