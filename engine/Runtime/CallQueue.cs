namespace Actors.Engine.Runtime;

/// <summary>Calls that wait for their turn on an activation, linked through themselves.</summary>
internal struct CallQueue
{
    private GrainCall? _first;
    private GrainCall? _last;

    public readonly bool IsEmpty => _first is null;

    public readonly GrainCall? First => _first;

    public void Add(GrainCall call)
    {
        call.Next = null;
        if (_last is null)
        {
            _first = call;
        }
        else
        {
            _last.Next = call;
        }

        _last = call;
    }

    public GrainCall? Take()
    {
        var call = _first;
        if (call is not null)
        {
            _first = (GrainCall?)call.Next;
            _last = _first is null ? null : _last;
            call.Next = null;
        }

        return call;
    }
}
