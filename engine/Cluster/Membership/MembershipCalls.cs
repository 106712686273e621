namespace Actors.Engine.Cluster;

/// <summary>The acts on the table with a bound on each: a database that hangs must leave time for further tries within a lease.</summary>
internal sealed class MembershipCalls(MembershipOptions options, TimeProvider time, CancellationToken stop)
{
    public CancellationToken Stop => stop;

    /// <summary>Three renewals that hang fit into a lease.</summary>
    public TimeSpan Patience { get; } = options.Lease * 0.3;

    public async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken = default)
    {
        using var bound = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, stop, cancellationToken);
        try
        {
            return await act(either.Token);
        }
        catch (OperationCanceledException late) when (bound.IsCancellationRequested && !stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The table of members did not answer in time.", late);
        }
    }

    public Task DoAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken = default) =>
        DoAsync(
            async token =>
            {
                await act(token);
                return true;
            },
            cancellationToken);

    /// <summary>Waits; false when the process stops meanwhile.</summary>
    public async Task<bool> WaitAsync(TimeSpan delay)
    {
        await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
