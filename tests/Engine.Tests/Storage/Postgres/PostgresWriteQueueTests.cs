using Actors.Silo.Storage.Postgres;
using Actors.TestKit.Time;

namespace Actors.Engine.Tests.Storage.Postgres;

/// <summary>Which writes become a batch, and for whom a batch waits.</summary>
public sealed class PostgresWriteQueueTests
{
    private const int Capacity = 100;
    private const int BatchRows = 50;
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(0.1);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly PostgresWriteQueue _queue;
    private readonly List<PostgresWrite> _batch = [];

    public PostgresWriteQueueTests() => _queue = new PostgresWriteQueue(Capacity, BatchRows, _time);

    [Fact]
    public async Task Take_AfterASlowCommit_WaitsForThoseWhoWereAnswered()
    {
        _queue.Answer(writes: 3, s_slow);
        Add(2);

        var take = TakeAsync();
        Assert.False(take.IsCompleted);
        Add(1);

        Assert.Equal(3, await take);
    }

    [Fact]
    public async Task Take_AfterAQuickCommit_WaitsForNobody()
    {
        _queue.Answer(writes: 3, s_quick);
        Add(1);

        Assert.Equal(1, await TakeAsync());
    }

    [Fact]
    public async Task Take_WhileSomeStayAway_WaitsForAMillisecond()
    {
        _queue.Answer(writes: 3, s_slow);
        Add(2);

        var take = TakeAsync();
        _time.Advance(s_longestWait);

        Assert.Equal(2, await take);
    }

    [Fact]
    public async Task Take_WhenMostStayAwayEachTime_SeldomWaits()
    {
        await TakeAsync(rounds: 20, answered: 10, back: 3);

        Assert.InRange(await TakeAsync(rounds: 30, answered: 10, back: 3), 0, 10);
    }

    [Fact]
    public async Task Take_WhenAllComeBackAgain_WaitsForAllOfThem()
    {
        await TakeAsync(rounds: 20, answered: 10, back: 3);
        await TakeAsync(rounds: 50, answered: 10, back: 10);

        Assert.Equal(1, await TakeAsync(rounds: 1, answered: 10, back: 9));
    }

    // How many of the rounds waited until the time was over.
    private async Task<int> TakeAsync(int rounds, int answered, int back)
    {
        var waits = 0;
        for (var i = 0; i < rounds; i++)
        {
            _queue.Answer(answered, s_slow);
            Add(back);
            var take = TakeAsync();
            waits += take.IsCompleted ? 0 : 1;
            _time.Advance(s_longestWait);
            Assert.Equal(back, await take);
        }

        return waits;
    }

    private void Add(int writes)
    {
        for (var i = 0; i < writes; i++)
        {
            Assert.True(_queue.TryAdd(new ProbeWrite(CancellationToken.None)));
        }
    }

    private async Task<int> TakeAsync()
    {
        _batch.Clear();
        Assert.True(await _queue.TakeAsync(_batch));
        return _batch.Count;
    }
}
