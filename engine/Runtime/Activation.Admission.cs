using Orleans.Runtime;

namespace Actors.Engine.Runtime;

internal sealed partial class Activation
{
    private const int MaxForwards = 8;

    private CallQueue _waiting;
    private int _exclusive;
    private int _reading;
    private int _interleaving;

    private int Running => _exclusive + _reading + _interleaving;

    /// <summary>A call has come: it begins, waits, is refused, or goes on to the next activation.</summary>
    public void Arrive(GrainCall call)
    {
        call.Kind = call.KindOn(this);
        switch (Status)
        {
            case ActivationStatus.Active when (_waiting.IsEmpty || MayOvertake(call)) && HasRoomFor(call):
                Begin(call);
                break;
            case ActivationStatus.Draining when HasRoomFor(call) && IsMadeFromHere(call, null):
                Begin(call);
                break;
            case ActivationStatus.Gone:
                Forward(call);
                break;
            case ActivationStatus.New:
                _waiting.Add(call);
                StartActivating();
                break;
            default:
                if (WouldWaitForItself(call))
                {
                    call.Refuse(CallChainDeadlockException.Of(call, GrainId));
                }
                else
                {
                    _waiting.Add(call);
                }

                break;
        }
    }

    /// <summary>The body of a call has ended.</summary>
    public void End(GrainCall call)
    {
        call.Stage = CallStage.Ended;
        call.Caller = null;
        switch (call.Kind)
        {
            case CallKind.Exclusive:
                _exclusive--;
                break;
            case CallKind.Reading:
                _reading--;
                break;
            default:
                _interleaving--;
                break;
        }
    }

    /// <summary>Does what the end of a call made possible, one step of it; false when there is nothing to do.</summary>
    private bool Advance()
    {
        if (Status == ActivationStatus.Active)
        {
            if (_waiting.First is not { } next || !HasRoomFor(next))
            {
                return false;
            }

            _waiting.Take();
            Begin(next);
            return true;
        }

        if (Status == ActivationStatus.Draining && Running == 0)
        {
            StartDeactivating();
            return true;
        }

        return false;
    }

    private void Begin(GrainCall call)
    {
        if (call.IsAbandoned)
        {
            return;
        }

        switch (call.Kind)
        {
            case CallKind.Exclusive:
                _exclusive++;
                break;
            case CallKind.Reading:
                _reading++;
                break;
            default:
                _interleaving++;
                break;
        }

        if (call.KeepsAlive)
        {
            _lastUse = Engine.Clock.Now;
        }

        call.Owner = this;
        call.Stage = CallStage.Running;
        call.Begin(this);
    }

    private bool HasRoomFor(GrainCall call) => call.Kind switch
    {
        CallKind.Exclusive => _exclusive + _reading == 0,
        CallKind.Reading => _exclusive == 0,
        _ => true,
    };

    // Reading calls queue up behind a waiting exclusive one, lest they starve it, unless it waits for their own chain.
    private bool MayOvertake(GrainCall call) => call.Kind switch
    {
        CallKind.Interleaving => true,
        CallKind.Reading => IsMadeFromHere(call, CallKind.Reading),
        _ => false,
    };

    // What blocks an exclusive call: exclusive and reading ones; a reading call: exclusive ones. A grain that is
    // starting or draining does not admit anything until what its own chain waits for has ended.
    private bool WouldWaitForItself(GrainCall call)
    {
        if (call.Caller is null)
        {
            return false;
        }

        return Status == ActivationStatus.Active
            ? IsMadeFromHere(call, CallKind.Exclusive) || (call.Kind == CallKind.Exclusive && IsMadeFromHere(call, CallKind.Reading))
            : IsMadeFromHere(call, null);
    }

    private bool IsMadeFromHere(GrainCall call, CallKind? kind)
    {
        for (var caller = call.Caller; caller is not null; caller = caller.Caller)
        {
            if ((ReferenceEquals(caller.Owner, this) || (caller is RemoteCaller remote && remote.Grain == GrainId)) && caller.Stage == CallStage.Running && (kind is null || caller.Kind == kind))
            {
                return true;
            }
        }

        return false;
    }

    private void Forward(GrainCall call)
    {
        if (!call.IsForwarded)
        {
            return;
        }

        if (++call.Forwards > MaxForwards)
        {
            call.Refuse(new OrleansMessageRejectionException($"{GrainId} deactivates each time before {call} can begin."));
            return;
        }

        Engine.SendOn(GrainId, call);
    }
}
