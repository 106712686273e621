using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Generator;

/// <summary>What grain code must not do; Orleans' own generator and analyzers refuse most of it too.</summary>
internal static class Rules
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor>.Builder All =
        ImmutableDictionary.CreateBuilder<string, DiagnosticDescriptor>();

    public static readonly DiagnosticDescriptor ReturnType = Rule(
        "ACT001", "Grain methods are asynchronous", "'{0}' must return Task, Task<T>, ValueTask or ValueTask<T>; void only when [OneWay]");

    public static readonly DiagnosticDescriptor Overload = Rule(
        "ACT002", "Grain methods have one name each", "'{0}' has overloads; give each method its own name");

    public static readonly DiagnosticDescriptor GenericMethod = Rule(
        "ACT003", "Grain methods are not generic", "'{0}' is generic");

    public static readonly DiagnosticDescriptor MissingId = Rule(
        "ACT004", "Serialized members have an [Id]", "'{0}' needs [Id(n)]");

    public static readonly DiagnosticDescriptor DuplicateId = Rule(
        "ACT005", "Member ids are unique and in range", "'{0}' has the id {1}, which another member has or which is too high");

    public static readonly DiagnosticDescriptor MissingAlias = Rule(
        "ACT006", "Serialized types have an [Alias]", "'{0}' needs [Alias(\"…\")]: its name on the wire must outlive a renaming");

    public static readonly DiagnosticDescriptor CancellationTokenPlace = Rule(
        "ACT007", "The CancellationToken is the last parameter", "'{0}' takes a CancellationToken that is not its one last parameter");

    public static readonly DiagnosticDescriptor DefaultMethod = Rule(
        "ACT008", "Grain interfaces have no bodies", "'{0}' has a body");

    public static readonly DiagnosticDescriptor UnsupportedType = Rule(
        "ACT009", "Only encodable types cross a boundary", "'{0}' has the type {1}, which has no codec: {2}");

    public static readonly DiagnosticDescriptor NotAMethod = Rule(
        "ACT010", "Grain interfaces have plain methods only", "'{0}' is not a method with parameters by value");

    public static readonly DiagnosticDescriptor GenericType = Rule(
        "ACT011", "Grains, their interfaces and records are not generic", "'{0}' is generic");

    public static readonly DiagnosticDescriptor NotSettable = Rule(
        "ACT012", "Serialized types can be rebuilt",
        "'{0}' cannot be rebuilt: no accessible constructor takes the members that have no accessible setter");

    public static readonly DiagnosticDescriptor SelfContaining = Rule(
        "ACT013", "A type does not contain itself", "'{0}' contains itself by a member that is never null");

    public static readonly DiagnosticDescriptor DuplicateMethodAlias = Rule(
        "ACT014", "Method aliases are unique", "'{0}' has the alias '{1}', which another method has");

    public static readonly DiagnosticDescriptor NotAccessible = Rule(
        "ACT015", "Generated code reaches what it needs", "'{0}' must be internal or public");

    public static readonly DiagnosticDescriptor OneWayResult = Rule(
        "ACT016", "A one-way call has no answer", "'{0}' is [OneWay] and has a result");

    public static readonly DiagnosticDescriptor GrainConstructor = Rule(
        "ACT017", "The engine can construct grains", "'{0}' needs exactly one public constructor, whose parameters are services or [PersistentState]");

    public static readonly DiagnosticDescriptor StateType = Rule(
        "ACT018", "State has a codec", "'{0}' must be an IPersistentState<T> with a T marked [GenerateSerializer]");

    public static readonly DiagnosticDescriptor Inheritance = Rule(
        "ACT019", "Serialized types do not inherit", "'{0}' inherits from {1}; encode it as a member instead");

    public static DiagnosticDescriptor ById(string id) => All[id];

    private static DiagnosticDescriptor Rule(string id, string title, string message)
    {
        var rule = new DiagnosticDescriptor(id, title, message, "Actors.Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);
        All.Add(id, rule);
        return rule;
    }
}
