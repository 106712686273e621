using Microsoft.Extensions.Logging;

namespace Actors.Engine.Cluster;

/// <summary>
/// Membership over a shared table: keeps this process's lease as a silo (or only reads, as a client), follows the view,
/// says whom it does not hear and evicts whom it may. Every act is the table's; nothing here decides who is a member.
/// </summary>
public sealed partial class ClusterMembership : IClusterMembership, IAsyncDisposable
{
    private const int Tries = 3;

    private readonly IMembershipTable _table;
    private readonly LocalSilo? _local;
    private readonly MembershipOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ClusterMembership> _log;
    private readonly Random _random;
    private readonly CancellationTokenSource _stop = new();
    private readonly MembershipCalls _calls;
    private readonly MembershipInstruments _instruments;
    private readonly ViewReader _reader;
    private readonly Suspicions _suspicions;
    private readonly Evictions _evictions;
    private readonly WakeUp _wake;
    private readonly List<Action<ClusterView>> _viewHandlers = [];
    private readonly List<Action> _evictedHandlers = [];
    private readonly TaskCompletionSource _active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private volatile SiloLife? _life;
    private volatile ClusterView _view = ClusterView.Unknown;
    private volatile bool _listening;
    private volatile bool _leaving;
    private volatile bool _hasLeft;
    private volatile bool _wentBack;
    private volatile bool _tableLost;

    /// <param name="table">What all processes share.</param>
    /// <param name="local">As which silo this process joins; null for one that only calls.</param>
    /// <param name="options">How patient the cluster is; the same in every process.</param>
    /// <param name="time">Measures what passes here; leases are the table's.</param>
    /// <param name="log">Where it tells what happens.</param>
    /// <param name="random">Spreads acts of many processes; for tests that repeat.</param>
    public ClusterMembership(
        IMembershipTable table,
        LocalSilo? local,
        MembershipOptions options,
        TimeProvider time,
        ILogger<ClusterMembership> log,
        Random? random = null)
    {
        (_table, _local, _options, _time, _log, _random) = (table, local, options, time, log, random ?? Random.Shared);
        _calls = new MembershipCalls(options, time, _stop.Token);
        _instruments = new MembershipInstruments(this, () => _life?.LeaseAge.TotalSeconds);
        _reader = new ViewReader(ReadOnceAsync);
        _suspicions = new Suspicions(_calls, table, options, _instruments, log);
        _evictions = new Evictions(_calls, table, options, _instruments, _random, log);
        _wake = new WakeUp(time);
    }

    /// <summary>
    /// Whether a silo answers, asked before this one becomes active and of those it suspects; to be set before
    /// <see cref="Start"/>. It gets <see cref="MembershipOptions.Silence"/> for it. Default: every silo does.
    /// </summary>
    public Func<ClusterMember, CancellationToken, Task<bool>> CanReach { get; set; } = static (_, _) => Task.FromResult(true);

    /// <inheritdoc/>
    public ClusterMember? Self => _life?.Member;

    /// <inheritdoc/>
    public bool IsParked => _life is { } life && (life.IsParked || _wentBack);

    /// <inheritdoc/>
    public ClusterView View => _view;

    /// <summary>Ends when this silo has become active for the first time; in a client, when it has read the first view.</summary>
    public Task Active => _active.Task;

    /// <summary>Why this process cannot serve, without anything secret; null when it can.</summary>
    public string? Problem => this switch
    {
        { _wentBack: true } => "The database was restored behind this process; restart it.",
        { _leaving: true } => "This silo leaves the cluster.",
        { _local: null } => _view.Members.IsEmpty ? "No silo is known." : null,
        { _life: null } => "This silo has not joined the cluster.",
        { _life.IsEvicted: true } => "This silo was evicted and has not joined again.",
        { IsParked: true } => "This silo cannot renew its lease.",
        { _life.IsActive: false } => "This silo does not reach enough others to be active.",
        _ => null,
    };

    /// <summary>Begins: a silo joins, and becomes active when it reaches enough others. Outages of the table are waited for.</summary>
    public void Start() => _running = Task.WhenAll(_local is null ? PollAsync() : KeepAsync(_local), ListenAsync());

    /// <inheritdoc/>
    public void OnViewChanged(Action<ClusterView> handler)
    {
        lock (_viewHandlers)
        {
            _viewHandlers.Add(handler);
        }
    }

    /// <inheritdoc/>
    public void OnEvicted(Action handler)
    {
        lock (_evictedHandlers)
        {
            _evictedHandlers.Add(handler);
        }
    }

    /// <inheritdoc/>
    public void Suspect(ClusterMember member, string reason)
    {
        if (!_stop.IsCancellationRequested && member != Self && _view.Contains(member))
        {
            _suspicions.Add(member, reason, () => Self, suspect => _view.Contains(suspect), suspect => ReachesAsync(suspect, _stop.Token), Look);
        }
    }

    /// <summary>
    /// Takes the grains away from this silo, so that the others place them anew, while what runs here can still write.
    /// To be called before the engine drains, with <see cref="LeaveAsync"/> after it.
    /// </summary>
    public async Task RetireAsync(CancellationToken cancellationToken = default)
    {
        _leaving = true;
        if (_life is { IsEvicted: false } life)
        {
            MembershipLog.Retiring(_log, life.Member);
            life.IsActive = false;
            await TellAsync(life.Member, _table.RetireAsync, cancellationToken);
            await _reader.ReadAsync();
        }
    }

    /// <summary>Ends the membership and everything that this object does.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        _leaving = _hasLeft = true;
        if (_life is { IsEvicted: false } life)
        {
            await TellAsync(life.Member, _table.LeaveAsync, cancellationToken);
        }

        await DisposeAsync();
    }

    /// <summary>Stops without a word, as a crash does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
            await _running;
            _instruments.Dispose();
        }
    }

    private async Task TellAsync(ClusterMember member, Func<ClusterMember, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        // The row may be held by writes that run; they are short.
        for (var tries = Tries; tries > 0; tries--)
        {
            try
            {
                await _calls.DoAsync(token => act(member, token), cancellationToken);
                return;
            }
            catch (Exception failure) when (tries == 1 || _stop.IsCancellationRequested || cancellationToken.IsCancellationRequested)
            {
                MembershipLog.LeavingFailed(_log, failure, member);
                return;
            }
            catch (Exception)
            {
                await _calls.WaitAsync(RetryPause);
            }
        }
    }

    private void Call(Action handler)
    {
        try
        {
            handler();
        }
        catch (Exception failure)
        {
            // One that fails must not keep the others from being told.
            MembershipLog.HandlerFailed(_log, failure);
        }
    }

    private void NoteTable(Exception? failure)
    {
        if (failure is not null && !_tableLost)
        {
            MembershipLog.TableLost(_log, failure);
        }
        else if (failure is null && _tableLost)
        {
            MembershipLog.TableFound(_log);
        }

        _tableLost = failure is not null;
    }
}
