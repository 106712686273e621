using Actors.Engine.Diagnostics;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

internal sealed partial class Activation
{
    // Items run before the thread is given back, so that a busy grain does not keep others waiting.
    private const int Quantum = 64;

    [ThreadStatic]
    private static bool _isNextHopLocal;

    private Inbox _inbox = new();
    private InboxItem? _taken;
    private Task? _worker;
    private ExecutionContext _cleanContext = null!;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Hands something in, from any thread.</summary>
    public void Post(InboxItem item)
    {
        if (_inbox.Add(item))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: IsNextHopLocal());
        }
    }

    /// <summary>Drops the ambient values that a call has set, so that the next one does not see them.</summary>
    public void LeaveContext() => ExecutionContext.Restore(_cleanContext);

    // One task per visit, so that whatever the items await resumes on this scheduler.
    void IThreadPoolWorkItem.Execute()
    {
        var worker = new Task(static self => ((Activation)self!).Work(), this);
        _worker = worker;
        worker.Start(this);
    }

    protected override void QueueTask(Task task)
    {
        if (ReferenceEquals(task, _worker))
        {
            TryExecuteTask(task);
        }
        else
        {
            Post(new Continuation(task));
        }
    }

    // Interleaving turns share one thread: only code that is in a turn of this activation may go on at once.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && IsCurrent && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    // A thread takes its newest local work first, so that a caller and the grains it calls would keep it for
    // themselves: every other step queues up behind everybody else's. More of them local gives no more calls per
    // second, and the callers that wait meanwhile see each one in their latency.
    private static bool IsNextHopLocal() => _isNextHopLocal = !_isNextHopLocal;

    private void Work()
    {
        RuntimeContext.Exchange(this);
        _cleanContext = ExecutionContext.Capture()!;
        try
        {
            for (var left = Quantum; left > 0; left--)
            {
                if (Advance())
                {
                    continue;
                }

                var item = _taken ??= _inbox.TakeAll();
                if (item is null)
                {
                    if (_inbox.TryGoIdle())
                    {
                        return;
                    }

                    continue;
                }

                _taken = item.Next;
                item.Next = null;
                item.Execute(this);
            }
        }
        catch (Exception error)
        {
            // Items keep what they throw to themselves, so this is a fault of the engine; the grain shall go on.
            EngineLog.TurnFailed(Engine.Log, error, GrainId);
        }
        finally
        {
            RuntimeContext.Exchange(null);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private sealed class Continuation(Task task) : InboxItem
    {
        internal override void Execute(Activation activation) => activation.TryExecuteTask(task);
    }
}
