using Actors.Api.Problems;
using Actors.TestKit.Time;
using Orleans.Runtime;

namespace Actors.Api.Tests.Problems;

public sealed class RetryTests
{
    private readonly ManualTimeProvider _time = new();
    private int _calls;

    [Fact]
    public async Task UntilAnswered_LostAnswers_AsksAgain() =>
        Assert.Equal(3, await RunAsync(() => ++_calls < 3 ? throw new SiloUnavailableException() : _calls));

    [Fact]
    public async Task UntilAnswered_NoAnswerInTime_GivesTheLastFailure()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(() => { _calls++; throw new TimeoutException(); }));
        Assert.True(_calls > 3);
    }

    [Fact]
    public async Task UntilAnswered_OtherFailure_IsNotRepeated()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(() => { _calls++; throw new InvalidOperationException(); }));
        Assert.Equal(1, _calls);
    }

    private async Task<int> RunAsync(Func<int> command)
    {
        var answer = Retry.UntilAnsweredAsync(_ => Task.FromResult(command()), TimeSpan.FromSeconds(5), _time, TestContext.Current.CancellationToken);
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await answer;
    }
}
