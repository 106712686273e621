using System.Collections.Frozen;
using System.Collections.Immutable;
using Actors.Engine.CodeGeneration;
using Orleans.Runtime;

namespace Actors.Engine.Runtime;

/// <summary>The grain classes and interfaces of the registered assemblies.</summary>
internal sealed class GrainTypes
{
    private readonly FrozenDictionary<Type, InterfaceDescriptor> _interfaces;
    private readonly FrozenDictionary<string, InterfaceDescriptor> _aliases;
    private readonly FrozenDictionary<string, GrainClass> _classes;
    private readonly FrozenDictionary<Type, ImmutableArray<GrainClass>> _implementers;

    public GrainTypes(IReadOnlyCollection<GrainManifest> manifests, TimeSpan defaultCollectionAge)
    {
        var interfaces = manifests.SelectMany(manifest => manifest.Interfaces).ToList();
        _interfaces = interfaces.ToFrozenDictionary(i => i.InterfaceType);
        _aliases = interfaces.ToFrozenDictionary(i => i.Alias);

        var classes = manifests.SelectMany(manifest => manifest.Grains)
            .Select(grain => new GrainClass(grain, MainInterfaceOf(grain), grain.CollectionAge ?? defaultCollectionAge))
            .ToList();
        _classes = classes.ToFrozenDictionary(c => c.Descriptor.GrainType);
        _implementers = classes
            .SelectMany(c => c.Descriptor.Interfaces.Select(i => (Interface: i, Class: c)))
            .GroupBy(pair => pair.Interface, pair => pair.Class)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
    }

    public ImmutableArray<GrainClass> Classes => _classes.Values;

    public InterfaceDescriptor Interface(Type type) =>
        _interfaces.TryGetValue(type, out var found)
            ? found
            : throw new ArgumentException($"{type} is no grain or observer interface of a registered assembly.", nameof(type));

    public InterfaceDescriptor? FindInterface(string alias) => _aliases.GetValueOrDefault(alias);

    public GrainClass? FindClass(GrainType type) => _classes.GetValueOrDefault(type.ToString());

    /// <summary>The class behind an interface; a prefix of its full name chooses among several.</summary>
    public GrainClass Implementer(Type interfaceType, string? classNamePrefix)
    {
        var candidates = _implementers.GetValueOrDefault(interfaceType, []);
        return (classNamePrefix is null ? candidates : WithPrefix(candidates, classNamePrefix)) switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"No grain class implements {interfaceType}.", nameof(interfaceType)),
            var several => throw new ArgumentException(
                $"{interfaceType} is implemented by {string.Join(" and ", several.Select(c => c.Descriptor.GrainClass))}: name one.", nameof(interfaceType)),
        };
    }

    // Apart, so that a call without prefix makes no closure.
    private static ImmutableArray<GrainClass> WithPrefix(ImmutableArray<GrainClass> candidates, string prefix) =>
        [.. candidates.Where(c => c.Descriptor.GrainClass.FullName!.StartsWith(prefix, StringComparison.Ordinal))];

    private InterfaceDescriptor MainInterfaceOf(GrainClassDescriptor grain) =>
        grain.Interfaces.Select(i => _interfaces.GetValueOrDefault(i)).FirstOrDefault(i => i is not null)
        ?? throw new InvalidOperationException($"{grain.GrainClass} implements no grain interface of a registered assembly.");
}
