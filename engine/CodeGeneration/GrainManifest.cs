using System.Collections.Immutable;
using System.Reflection;
using Actors.Engine.Serialization;

namespace Actors.Engine.CodeGeneration;

/// <summary>All that the generator made for one assembly.</summary>
public abstract class GrainManifest
{
    public abstract ImmutableArray<InterfaceDescriptor> Interfaces { get; }

    public abstract ImmutableArray<GrainClassDescriptor> Grains { get; }

    public abstract ImmutableArray<Codec> Codecs { get; }

    /// <summary>The manifest of an assembly that the generator ran on.</summary>
    public static GrainManifest Of(Assembly assembly) =>
        assembly.GetCustomAttribute<GrainManifestAttribute>()?.Create()
        ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no grain manifest; was it built with the engine's generator?");
}

/// <summary>Names the manifest of an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute(Type manifestType) : Attribute
{
    public Type ManifestType { get; } = manifestType;

    internal GrainManifest Create() => (GrainManifest)Activator.CreateInstance(ManifestType)!;
}
