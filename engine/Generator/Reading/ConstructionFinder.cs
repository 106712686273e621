using Actors.Engine.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Generator.Reading;

/// <summary>Finds how a value is rebuilt: the smallest constructor that takes the members without setter, and an initializer for the others.</summary>
internal static class ConstructionFinder
{
    public static Construction? Find(INamedTypeSymbol type, List<Member> members) =>
        type.IsAbstract ? null : type.InstanceConstructors
            .Where(constructor => constructor.IsReachable() && !IsCopyConstructor(constructor))
            .OrderBy(constructor => constructor.Parameters.Length)
            .Select(constructor => Try(constructor, members))
            .FirstOrDefault(construction => construction is not null);

    private static bool IsCopyConstructor(IMethodSymbol constructor) =>
        constructor.Parameters is [var only] && SymbolEqualityComparer.Default.Equals(only.Type, constructor.ContainingType);

    private static Construction? Try(IMethodSymbol constructor, List<Member> members)
    {
        var arguments = new List<ConstructorField>();
        foreach (var parameter in constructor.Parameters)
        {
            var index = members.FindIndex(member =>
                string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type));
            if (index >= 0)
            {
                arguments.Add(new ConstructorField(parameter.Name.Escaped(), index));
            }
            else if (!parameter.IsOptional)
            {
                return null;
            }
        }

        var requiredDone = constructor.Has(Names.SetsRequiredMembers);
        var initializer = new List<int>();
        for (var i = 0; i < members.Count; i++)
        {
            var taken = arguments.Any(argument => argument.Field == i);
            var required = members[i].Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
            if (taken && (!required || requiredDone))
            {
                continue;
            }

            if (!IsSettable(members[i].Symbol))
            {
                return null;
            }

            initializer.Add(i);
        }

        return new Construction(arguments.ToEquatableArray(), initializer.ToEquatableArray());
    }

    private static bool IsSettable(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { SetMethod: { } setter } => setter.IsReachable(),
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };
}

/// <summary>Constructor arguments and the members of the object initializer.</summary>
internal sealed record Construction(EquatableArray<ConstructorField> Constructor, EquatableArray<int> Initializer);
