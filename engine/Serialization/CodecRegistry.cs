using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Actors.Engine.CodeGeneration;

namespace Actors.Engine.Serialization;

/// <summary>The codecs of the registered assemblies, by type and by alias.</summary>
public sealed class CodecRegistry
{
    private readonly FrozenDictionary<Type, Codec> _byType;
    private readonly FrozenDictionary<string, Codec> _byAlias;

    /// <exception cref="ArgumentException">Two types have the same alias.</exception>
    public CodecRegistry(IEnumerable<GrainManifest> manifests)
    {
        var codecs = manifests.SelectMany(manifest => manifest.Codecs).ToList();
        var twice = codecs.Where(codec => codec.TypeAlias is not null).GroupBy(codec => codec.TypeAlias).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"The alias '{twice.Key}' names {string.Join(" and ", twice.Select(codec => codec.ValueType))}.", nameof(manifests));
        }

        _byType = codecs.ToFrozenDictionary(codec => codec.ValueType);
        _byAlias = codecs.Where(codec => codec.TypeAlias is not null).ToFrozenDictionary(codec => codec.TypeAlias!);
    }

    /// <summary>The codec of a [GenerateSerializer] type.</summary>
    /// <exception cref="CodecException">The type has none.</exception>
    public MessageCodec<T> Get<T>() =>
        _byType.TryGetValue(typeof(T), out var codec)
            ? (MessageCodec<T>)codec
            : throw new CodecException($"{typeof(T)} has no codec; is it marked [GenerateSerializer] and its assembly registered?");

    public bool TryGet(string alias, [MaybeNullWhen(false)] out Codec codec) => _byAlias.TryGetValue(alias, out codec);

    public bool TryGet(Type type, [MaybeNullWhen(false)] out Codec codec) => _byType.TryGetValue(type, out codec);
}
