using Actors.TestKit.Histories;
using Actors.TestKit.Processes;

namespace Actors.TestKit.Loads;

/// <summary>The doors of a venue, one per reader, that scan until they are told to stop.</summary>
public sealed class ScanLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _enough = new();
    private readonly CancellationTokenSource _now = new();
    private readonly ScanDoor[] _doors;
    private readonly Task _running;

    private ScanLoad(Venue venue, IReadOnlyList<ApiProcess> apis, ScanHistory history)
    {
        History = history;
        var addresses = apis.Select(api => api.BaseAddress).ToList();
        _doors = [.. venue.Readers.Select((reader, i) => new ScanDoor(venue, reader, addresses, i, history))];
        _running = Task.WhenAll(
            _doors.Select(door => Task.Run(() => door.ScanAsync(_enough.Token, _now.Token)))
                .Append(Task.Run(() => venue.SupplyAsync(apis, _enough.Token))));
    }

    /// <summary>What the doors saw.</summary>
    public ScanHistory History { get; }

    /// <summary>Opens the doors.</summary>
    public static ScanLoad Start(Venue venue, IReadOnlyList<ApiProcess> apis, ScanHistory history) => new(venue, apis, history);

    /// <summary>Ends when every door has had so many more of its scans acknowledged.</summary>
    /// <param name="scans">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="by">Only the doors that ask this server at the moment.</param>
    public async Task UntilServedAsync(int scans, CancellationToken cancellationToken, ApiProcess? by = null)
    {
        var goals = _doors.Where(door => by is null || door.Server == by.BaseAddress).Select(door => (Door: door, Goal: door.Acknowledged + scans)).ToList();
        while (goals.Exists(goal => goal.Door.Acknowledged < goal.Goal))
        {
            await Task.WhenAny(_running, Task.Delay(Pause, TimeProvider.System, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (_running.IsCompleted)
            {
                await _running;
                throw new InvalidOperationException("The doors are closed.");
            }
        }
    }

    /// <summary>Closes the doors; the scans that are under way are handed in until they are acknowledged.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _enough.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _now.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // What was under way is given up.
        }

        _enough.Dispose();
        _now.Dispose();
    }
}
