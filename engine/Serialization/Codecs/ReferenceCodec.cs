using Orleans.Runtime;

namespace Actors.Engine.Serialization;

/// <summary>A reference to a grain or observer: its identity and the alias of its interface.</summary>
public sealed class ReferenceCodec<TInterface> : Codec<TInterface>
    where TInterface : class, IAddressable
{
    public static readonly ReferenceCodec<TInterface> Instance = new();

    private const uint GrainIdId = 0;
    private const uint InterfaceId = 1;

    public override bool IsDefault(TInterface value) => value is null;

    public override void WriteField(FieldWriter writer, uint id, TInterface value)
    {
        if (value is not GrainReference reference)
        {
            throw new CodecException($"{typeof(TInterface).Name} crosses a boundary only as a reference, not as an object.");
        }

        var start = writer.Begin(id);
        GrainIdCodec.Instance.WriteField(writer, GrainIdId, reference.GrainId);
        writer.WriteText(InterfaceId, reference.Descriptor.Alias);
        writer.End(start);
    }

    public override TInterface ReadField(ref FieldReader reader)
    {
        var nested = reader.Enter();
        GrainId grainId = default;
        var alias = "";
        while (nested.Next())
        {
            switch (nested.Id)
            {
                case GrainIdId:
                    grainId = GrainIdCodec.Instance.ReadField(ref nested);
                    break;
                case InterfaceId:
                    alias = nested.ReadText();
                    break;
            }
        }

        reader.Leave(nested);
        if (grainId.IsDefault || reader.References is null)
        {
            throw new CodecException($"A reference to {typeof(TInterface).Name} has no identity, or there is no runtime to make it.");
        }

        return reader.References.Resolve(grainId, alias) as TInterface
            ?? throw new CodecException($"'{alias}' is not a {typeof(TInterface).Name}.");
    }
}
