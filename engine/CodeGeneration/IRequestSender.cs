using Orleans.Runtime;

namespace Actors.Engine.CodeGeneration;

/// <summary>Where references hand their calls in; the runtime completes them.</summary>
public interface IRequestSender
{
    /// <summary>Sends a call. What goes wrong reaches the request's completion; nothing is thrown here.</summary>
    void Send(GrainReference target, GrainRequest request);

    /// <summary>A reference to the same grain or observer by another of its interfaces.</summary>
    GrainReference CreateReference(Type interfaceType, GrainId grainId);
}
