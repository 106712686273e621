using Actors.Engine.CodeGeneration;
using Actors.Engine.Serialization;

namespace Actors.Engine.Transport;

/// <summary>Stands for a call whose method or arguments cannot be read here; it is refused, never run.</summary>
internal sealed class UnknownRequest(string name) : GrainRequest<Unit>
{
    public override GrainMethod Method { get; } = new("", "", "", name, alwaysInterleave: false, readOnly: false, oneWay: false);

    public override void EncodeArguments(FieldWriter writer) => throw new NotSupportedException("It is never sent.");

    public override void EncodeResult(FieldWriter writer, Unit result) => throw new NotSupportedException("It has no result.");

    public override Unit DecodeResult(ref FieldReader reader) => throw new NotSupportedException("It has no result.");

    public override ValueTask<Unit> InvokeAsync(object target, CancellationToken cancellationToken) =>
        throw new NotSupportedException("It is never run.");
}
