using Actors.Engine.CodeGeneration;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>A grain class as this process runs it.</summary>
internal sealed class GrainClass(GrainClassDescriptor descriptor, InterfaceDescriptor mainInterface, TimeSpan collectionAge)
{
    private int _activations;

    public GrainClassDescriptor Descriptor { get; } = descriptor;

    public GrainType Type { get; } = GrainType.Create(descriptor.GrainType);

    /// <summary>The interface of the reference that a grain has to itself.</summary>
    public InterfaceDescriptor MainInterface { get; } = mainInterface;

    /// <summary>After how long without calls it is collected; <see cref="long.MaxValue"/> for never.</summary>
    public long CollectionAge { get; } = collectionAge == Timeout.InfiniteTimeSpan ? long.MaxValue : collectionAge.Ticks;

    /// <summary>Calls whose body has begun here, of all its grains.</summary>
    public StripedCounter Calls { get; } = new();

    public int Activations => Volatile.Read(ref _activations);

    public void CountActivation(int change) => Interlocked.Add(ref _activations, change);
}
