using System.Collections.Immutable;

namespace Actors.Engine.CodeGeneration;

/// <summary>What the runtime knows of a grain class.</summary>
public sealed class GrainClassDescriptor(string grainType, Type grainClass, Func<GrainActivationContext, object> create)
{
    /// <summary>The grain type: [GrainType], or the class name without "Grain" in lower case.</summary>
    public string GrainType { get; } = grainType;

    public Type GrainClass { get; } = grainClass;

    /// <summary>Calls the constructor; state and services come from the context.</summary>
    public Func<GrainActivationContext, object> Create { get; } = create;

    /// <summary>The grain interfaces that it implements.</summary>
    public ImmutableArray<Type> Interfaces { get; init; } = [];

    /// <summary>The names of its persistent states.</summary>
    public ImmutableArray<string> StateNames { get; init; } = [];

    /// <summary>Whether all its calls may interleave.</summary>
    public bool Reentrant { get; init; }

    /// <summary>Whether reminders may call it.</summary>
    public bool Remindable { get; init; }

    /// <summary>After how long without calls it goes; null for the engine's default, infinite for never.</summary>
    public TimeSpan? CollectionAge { get; init; }

    public override string ToString() => GrainType;
}
