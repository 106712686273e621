using System.Globalization;
using Actors.Engine.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Generator.Reading;

/// <summary>Reads a grain class.</summary>
internal static class GrainReader
{
    private static readonly string[] Markers = [Names.Grain, Names.GrainWithStringKey, Names.Observer, Names.Remindable];

    public static ReadResult<GrainModel>? Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        // A class that implements a grain interface without being a grain is a double in a test.
        if (type.IsAbstract || !type.Implements(Names.Grain) || !type.Implements(Names.GrainBase))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var problems = new List<DiagnosticInfo>();
        if (type.IsGenericType)
        {
            problems.Add(DiagnosticInfo.Create(Rules.GenericType, type, type.Name));
        }

        if (!type.IsReachable())
        {
            problems.Add(DiagnosticInfo.Create(Rules.NotAccessible, type, type.Name));
        }

        var states = new List<string>();
        var arguments = new List<string>();
        if (type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList() is [var only])
        {
            foreach (var parameter in only.Parameters)
            {
                ReadParameter(type, parameter, states, arguments, problems);
            }
        }
        else
        {
            problems.Add(DiagnosticInfo.Create(Rules.GrainConstructor, type, type.Name));
        }

        if (problems.Count > 0)
        {
            return new ReadResult<GrainModel>(null, problems.ToEquatableArray());
        }

        var model = new GrainModel(
            type.Target("Descriptor"),
            type.ToSource(),
            GrainTypeOf(type),
            type.AllInterfaces
                .Where(candidate => candidate.Implements(Names.Grain) && !Markers.Contains(candidate.FullName()))
                .Select(SymbolExtensions.ToSource)
                .ToEquatableArray(),
            states.ToEquatableArray(),
            arguments.ToEquatableArray(),
            FindInherited(type, Names.Reentrant) is not null,
            type.Implements(Names.Remindable),
            CollectionAgeOf(type));
        return new ReadResult<GrainModel>(model, default);
    }

    private static void ReadParameter(
        INamedTypeSymbol grain, IParameterSymbol parameter, List<string> states, List<string> arguments, List<DiagnosticInfo> problems)
    {
        if (parameter.FindAttribute(Names.PersistentState) is { } state)
        {
            if (parameter.Type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol stateType] } facet
                && facet.FullName() == Names.PersistentStateInterface
                && stateType.Has(Names.GenerateSerializer))
            {
                var name = state.FirstArgument<string>() ?? "";
                var storage = state.ConstructorArguments.Length > 1 ? state.ConstructorArguments[1].Value as string : null;
                states.Add(name);
                arguments.Add(
                    $"context.GetPersistentState<{stateType.ToSource()}>({name.Quoted()}, {storage.Quoted()}, {CodecFinder.Message(stateType)})");
            }
            else
            {
                problems.Add(DiagnosticInfo.Create(Rules.StateType, parameter, parameter.Name));
            }
        }
        else if (parameter.Type.FullName() == Names.GrainContext)
        {
            arguments.Add("global::Orleans.Runtime.RuntimeContext.Current!");
        }
        else if (parameter.Type.IsReferenceType)
        {
            arguments.Add(Service(parameter));
        }
        else
        {
            problems.Add(DiagnosticInfo.Create(Rules.GrainConstructor, parameter, grain.Name));
        }
    }

    private static string Service(IParameterSymbol parameter)
    {
        var optional = parameter.HasExplicitDefaultValue || parameter.NullableAnnotation == NullableAnnotation.Annotated;
        var type = parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToSource();
        if (parameter.FindAttribute(Names.KeyedService).FirstArgument<string>() is { } key)
        {
            return "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions."
                + $"Get{(optional ? "" : "Required")}KeyedService<{type}>(context.Services, {key.Quoted()})";
        }

        return "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions."
            + $"Get{(optional ? "" : "Required")}Service<{type}>(context.Services)";
    }

    private static string GrainTypeOf(INamedTypeSymbol type)
    {
        const string Suffix = "Grain";
        if (FindInherited(type, Names.GrainType).FirstArgument<string>() is { } name)
        {
            return name;
        }

        var length = type.Name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && type.Name.Length > Suffix.Length
            ? type.Name.Length - Suffix.Length
            : type.Name.Length;
        return type.Name.Substring(0, length).ToLowerInvariant();
    }

    private static string? CollectionAgeOf(INamedTypeSymbol type)
    {
        if (FindInherited(type, Names.CollectionAgeLimit) is not { } limit)
        {
            return null;
        }

        var settings = limit.NamedArguments.Select(argument => $"{argument.Key} = {Literal(argument.Value.Value)}");
        var period = limit.ConstructorArguments is [{ Value: string text }] ? text.Quoted() : "";
        return $"new global::{Names.CollectionAgeLimit}({period}) {{ {string.Join(", ", settings)} }}.AgeLimit";
    }

    private static string Literal(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "default",
    };

    private static AttributeData? FindInherited(INamedTypeSymbol type, string attribute)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.FindAttribute(attribute) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
