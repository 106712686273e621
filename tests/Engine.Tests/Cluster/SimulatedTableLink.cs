using Actors.Engine.Cluster;
using Actors.TestKit.Clusters;

namespace Actors.Engine.Tests.Cluster;

internal enum TableFault
{
    None,

    /// <summary>Connections are refused.</summary>
    Refuses,

    /// <summary>Nothing is answered, and nothing is done.</summary>
    Hangs,

    /// <summary>Everything is done, and no answer arrives.</summary>
    LosesAnswers,
}

/// <summary>One process's way to the table.</summary>
internal sealed class SimulatedTableLink(MemoryMembershipTable first) : IMembershipTable
{
    private TaskCompletionSource<bool>? _listening;
    private bool _changed;
    private TableFault _fault;
    private Action? _told;

    /// <summary>Where it leads.</summary>
    public MemoryMembershipTable Table { get; set; } = first;

    public TableFault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            if (value is not TableFault.None)
            {
                LoseListener();
            }
        }
    }

    /// <summary>Whether changes are told; if not, the connection that listens is refused.</summary>
    public bool CanListen { get; set; } = true;

    /// <summary>Ends the connection that listens.</summary>
    public void LoseListener()
    {
        _told = null;
        var listening = _listening;
        _listening = null;
        listening?.TrySetException(new IOException("The connection is lost."));
    }

    /// <summary>Tells what has changed; not while the process is frozen.</summary>
    public void Deliver()
    {
        if (_changed)
        {
            _changed = false;
            _told?.Invoke();
        }
    }

    public Task<ClusterMember> JoinAsync(string id, string endpoint, CancellationToken cancellationToken) =>
        DoAsync(() => Table.JoinAsync(id, endpoint, cancellationToken), cancellationToken);

    public Task<bool> ActivateAsync(ClusterMember member, CancellationToken cancellationToken) =>
        DoAsync(() => Table.ActivateAsync(member, cancellationToken), cancellationToken);

    public Task<Renewal> RenewAsync(ClusterMember member, CancellationToken cancellationToken) =>
        DoAsync(() => Table.RenewAsync(member, cancellationToken), cancellationToken);

    public Task RetireAsync(ClusterMember member, CancellationToken cancellationToken) =>
        DoAsync(() => Plain(Table.RetireAsync(member, cancellationToken)), cancellationToken);

    public Task LeaveAsync(ClusterMember member, CancellationToken cancellationToken) =>
        DoAsync(() => Plain(Table.LeaveAsync(member, cancellationToken)), cancellationToken);

    public Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken) =>
        DoAsync(() => Table.ReadAsync(cancellationToken), cancellationToken);

    public Task SuspectAsync(ClusterMember suspect, ClusterMember? by, CancellationToken cancellationToken) =>
        DoAsync(() => Plain(Table.SuspectAsync(suspect, by, cancellationToken)), cancellationToken);

    public Task<bool> EvictAsync(ClusterMember member, ClusterMember by, CancellationToken cancellationToken) =>
        DoAsync(() => Table.EvictAsync(member, by, cancellationToken), cancellationToken);

    public async Task ListenAsync(Action changed, CancellationToken cancellationToken)
    {
        if (_fault is not TableFault.None || !CanListen)
        {
            throw new IOException("Refused.");
        }

        _told = changed;
        _listening = new TaskCompletionSource<bool>();
        await using var end = cancellationToken.Register(() => _listening?.TrySetCanceled(cancellationToken));
        _ = Table.ListenAsync(() => _changed = true, cancellationToken);
        await _listening.Task;
    }

    /// <summary>Ends on the thread that cancels, in its turn; a delay's cancellation would go on in the thread pool.</summary>
    public static async Task HangAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource();
        using var end = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        await never.Task;
    }

    private static async Task<bool> Plain(Task task)
    {
        await task;
        return true;
    }

    private async Task<T> DoAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        if (_fault is TableFault.Refuses)
        {
            throw new IOException("Refused.");
        }

        if (_fault is TableFault.Hangs)
        {
            await HangAsync(cancellationToken);
        }

        var result = await act();
        if (_fault is TableFault.LosesAnswers)
        {
            await HangAsync(cancellationToken);
        }

        return result;
    }
}
