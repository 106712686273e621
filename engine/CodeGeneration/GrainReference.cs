using Actors.Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A grain or observer by its identity; generated classes add the interface.</summary>
public abstract class GrainReference(IRequestSender sender, GrainId grainId) : IAddressable, IEquatable<GrainReference>
{
    /// <summary>Whom it names.</summary>
    public GrainId GrainId { get; } = grainId;

    // Where the runtime found the grain last.
    internal object? Route { get; set; }

    /// <summary>The interface by which it calls.</summary>
    public abstract InterfaceDescriptor Descriptor { get; }

    internal GrainReference As(Type interfaceType) => sender.CreateReference(interfaceType, GrainId);

    public bool Equals(GrainReference? other) =>
        ReferenceEquals(this, other)
        || (other is not null && GrainId.Equals(other.GrainId) && ReferenceEquals(Descriptor, other.Descriptor));

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"{Descriptor.InterfaceType.Name}({GrainId})";

    protected Task<TResult> InvokeAsync<TResult>(GrainRequest<TResult> request)
    {
        var completion = request.Completion;
        sender.Send(this, request);
        return completion;
    }

    protected Task InvokeAsync(GrainRequest<Unit> request) => InvokeAsync<Unit>(request);

    protected ValueTask<TResult> InvokeValueAsync<TResult>(GrainRequest<TResult> request) => new(InvokeAsync(request));

    protected ValueTask InvokeValueAsync(GrainRequest<Unit> request) => new(InvokeAsync<Unit>(request));

    /// <summary>Sends a one-way call.</summary>
    protected void Send(GrainRequest<Unit> request) => sender.Send(this, request);
}
