using System.Globalization;
using Actors.Tallying;
using Actors.Tallying.Gossip;

namespace Actors.Bench.Gossip;

/// <summary>What 10,000 known events of 200 readers take in a process.</summary>
internal static class GossipMemory
{
    private const int Events = 10_000;
    private const int Readers = 200;

    public static void Print()
    {
        var store = new EventStore(new EventStoreLimits(TimeSpan.FromHours(24), 1_000_000));
        var readers = Enumerable.Range(0, Readers).Select(_ => Guid.NewGuid()).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Events; i++)
        {
            store.TryAdd(Record(readers[i % Readers], 1 + i / Readers, i));
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Events:N0} known events of {Readers} readers take {taken / 1_048_576.0:0.0} MiB in a process, {taken / Events} bytes each, whatever the number of its readers."));
        GC.KeepAlive(store);
    }

    // as they come from another process: nothing is shared between two of them, not even a name
    private static GossipRecord Record(Guid reader, long sequence, long position)
    {
        var time = DateTimeOffset.UnixEpoch.AddSeconds(position);
        return new GossipRecord(reader, sequence, position - 1, [new TallyEvent(
            position, Guid.NewGuid(), Guid.NewGuid(), reader, new string('d', 8), TallyEventType.Seen, ScanOutcome.First,
            time, time, time, TimeSpan.Zero, null, null, Sequence: sequence)]);
    }
}
