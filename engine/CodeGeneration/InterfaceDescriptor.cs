using System.Collections.Immutable;
using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.CodeGeneration;

/// <summary>What the runtime knows of a grain or observer interface.</summary>
public sealed class InterfaceDescriptor(
    string alias,
    Type interfaceType,
    bool isObserver,
    Func<IRequestSender, GrainId, GrainReference> createReference,
    ImmutableArray<MethodDescriptor> methods)
{
    /// <summary>The interface's name on the wire.</summary>
    public string Alias { get; } = alias;

    public Type InterfaceType { get; } = interfaceType;

    public bool IsObserver { get; } = isObserver;

    /// <summary>Makes a reference of this interface.</summary>
    public Func<IRequestSender, GrainId, GrainReference> CreateReference { get; } = createReference;

    /// <summary>Its methods, inherited ones included.</summary>
    public ImmutableArray<MethodDescriptor> Methods { get; } = methods;

    public override string ToString() => Alias;
}

/// <summary>A method, and how its arguments are read back into a request.</summary>
public sealed record MethodDescriptor(GrainMethod Method, RequestDecoder Decode);

/// <summary>Reads the arguments of a call.</summary>
public delegate GrainRequest RequestDecoder(ref FieldReader reader);
