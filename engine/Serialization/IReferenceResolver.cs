using Orleans.Runtime;

namespace Actors.Engine.Serialization;

/// <summary>Makes references out of what travelled; the runtime implements it.</summary>
public interface IReferenceResolver
{
    /// <summary>A reference to a grain or observer by one of its interfaces.</summary>
    /// <exception cref="CodecException">The interface is not known.</exception>
    GrainReference Resolve(GrainId grainId, string interfaceAlias);
}
