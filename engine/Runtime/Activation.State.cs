using Actors.Engine.Serialization;
using Actors.Engine.State;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

internal sealed partial class Activation
{
    /// <summary>Makes a state that is loaded before OnActivateAsync.</summary>
    public IPersistentState<T> AddState<T>(string name, MessageCodec<T> codec)
    {
        var state = new PersistentState<T>(this, name, codec);
        _states.Add(state);
        return state;
    }
}
