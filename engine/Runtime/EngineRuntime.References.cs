using Actors.Engine.CodeGeneration;
using Actors.Engine.Serialization;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

internal sealed partial class EngineRuntime : IReferenceResolver
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        var grainClass = Types.Implementer(typeof(TGrainInterface), grainClassNamePrefix);
        return Create<TGrainInterface>(GrainId.Create(grainClass.Type, primaryKey));
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => Create<TGrainInterface>(grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (RuntimeContext.Current is not null)
        {
            throw new InvalidOperationException("A grain cannot be observed through an object of its own process: make the reference outside grains.");
        }

        return Create<TGrainObserverInterface>(Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
        {
            throw new ArgumentException("This is the observer, not its reference.", nameof(obj));
        }

        Observers.Remove(reference.GrainId);
    }

    public GrainReference CreateReference(InterfaceDescriptor descriptor, GrainId grainId) => descriptor.CreateReference(this, grainId);

    public GrainReference CreateReference(Type interfaceType, GrainId grainId) => CreateReference(Types.Interface(interfaceType), grainId);

    public GrainReference Resolve(GrainId grainId, string interfaceAlias) =>
        CreateReference(
            Types.FindInterface(interfaceAlias) ?? throw new CodecException($"The interface '{interfaceAlias}' is not known here."), grainId);

    private TInterface Create<TInterface>(GrainId grainId) =>
        (TInterface)(object)CreateReference(Types.Interface(typeof(TInterface)), grainId);
}
