using System.Collections.Frozen;
using Actors.Engine.Runtime;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Engine.Serialization;

/// <summary>
/// What a call threw. Exceptions marked [GenerateSerializer] and a few known ones keep their type, others become an
/// <see cref="OrleansException"/> that names it. Stack traces and inner exceptions stay where they are.
/// </summary>
public sealed class ExceptionCodec(CodecRegistry registry) : Codec<Exception>
{
    private const uint KindId = 0;
    private const uint MembersId = 1;
    private const uint MessageId = 2;
    private const uint TypeNameId = 3;

    private static readonly FrozenDictionary<string, Func<string, Exception>> Known = new Dictionary<string, Func<string, Exception>>
    {
        [nameof(TimeoutException)] = message => new TimeoutException(message),
        [nameof(CallChainDeadlockException)] = message => new CallChainDeadlockException(message),
        [nameof(OperationCanceledException)] = message => new OperationCanceledException(message),
        [nameof(InvalidOperationException)] = message => new InvalidOperationException(message),
        [nameof(NotSupportedException)] = message => new NotSupportedException(message),
#pragma warning disable MA0015 // the message names the parameter already
        [nameof(ArgumentException)] = message => new ArgumentException(message),
#pragma warning restore MA0015
        [nameof(IOException)] = message => new IOException(message),
        [nameof(SiloUnavailableException)] = message => new SiloUnavailableException(message),
        [nameof(OrleansMessageRejectionException)] = message => new OrleansMessageRejectionException(message),
        [nameof(ClientNotAvailableException)] = message => new ClientNotAvailableException(message),
        [nameof(InconsistentStateException)] = message => new InconsistentStateException(message),
    }.ToFrozenDictionary();

    public override void WriteField(FieldWriter writer, uint id, Exception value)
    {
        var start = writer.Begin(id);
        if (registry.TryGet(value.GetType(), out var codec) && codec.TypeAlias is { } alias)
        {
            writer.WriteText(KindId, alias);
            codec.WriteObject(writer, MembersId, value);
        }
        else
        {
            writer.WriteText(KindId, KnownKind(value.GetType()));
        }

        writer.WriteText(MessageId, value.Message);
        writer.WriteText(TypeNameId, value.GetType().FullName);
        writer.End(start);
    }

    public override Exception ReadField(ref FieldReader reader)
    {
        var (kind, message, typeName) = ("", "", "");
        Exception? own = null;
        var nested = reader.Enter();
        while (nested.Next())
        {
            switch (nested.Id)
            {
                case KindId:
                    kind = nested.ReadText();
                    break;
                case MembersId when registry.TryGet(kind, out var codec) && codec.ValueType.IsAssignableTo(typeof(Exception)):
                    own = (Exception?)codec.ReadObject(ref nested);
                    break;
                case MessageId:
                    message = nested.ReadText();
                    break;
                case TypeNameId:
                    typeName = nested.ReadText();
                    break;
            }
        }

        reader.Leave(nested);
        return own
            ?? (Known.TryGetValue(kind, out var make) ? make(message) : new OrleansException($"{typeName}: {message}"));
    }

    private static string KnownKind(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (Known.ContainsKey(at.Name))
            {
                return at.Name;
            }
        }

        return "";
    }
}
