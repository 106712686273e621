using Actors.Engine.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Generator.Reading;

/// <summary>Reads a [GenerateSerializer] type.</summary>
internal static class MessageReader
{
    /// <summary>The field that carries an exception's message; members cannot have this id.</summary>
    private const uint ExceptionMessageId = (1u << 29) - 1;

    public static ReadResult<MessageModel>? Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            return null; // enumerations need no codec of their own
        }

        var problems = new List<DiagnosticInfo>();
        CheckType(type, problems);
        var members = new List<Member>();
        foreach (var symbol in type.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsStored(symbol, out var memberType) && ReadMember(symbol, memberType, members, problems) is { } member)
            {
                members.Add(member);
            }
        }

        if (IsException(type))
        {
            AddMessage(type, members);
        }

        if (problems.Count > 0)
        {
            return new ReadResult<MessageModel>(null, problems.ToEquatableArray());
        }

        if (ConstructionFinder.Find(type, members) is not { } construction)
        {
            return new ReadResult<MessageModel>(null, new[] { DiagnosticInfo.Create(Rules.NotSettable, type, type.Name) }.ToEquatableArray());
        }

        var model = new MessageModel(
            type.Target("Codec"),
            type.ToSource(),
            type.FindAttribute(Names.TypeAlias).FirstArgument<string>() ?? type.FullName(),
            members.Select(member => member.Field).ToEquatableArray(),
            construction.Constructor,
            construction.Initializer);
        return new ReadResult<MessageModel>(model, default);
    }

    private static void CheckType(INamedTypeSymbol type, List<DiagnosticInfo> problems)
    {
        if (type.IsGenericType)
        {
            problems.Add(DiagnosticInfo.Create(Rules.GenericType, type, type.Name));
        }

        if (!type.IsReachable())
        {
            problems.Add(DiagnosticInfo.Create(Rules.NotAccessible, type, type.Name));
        }

        if (!type.Has(Names.TypeAlias))
        {
            problems.Add(DiagnosticInfo.Create(Rules.MissingAlias, type, type.Name));
        }

        if (type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } parent && !IsException(type))
        {
            problems.Add(DiagnosticInfo.Create(Rules.Inheritance, type, type.Name, parent.Name));
        }

        if (ContainsItself(type))
        {
            problems.Add(DiagnosticInfo.Create(Rules.SelfContaining, type, type.Name));
        }
    }

    private static Member? ReadMember(ISymbol symbol, ITypeSymbol type, List<Member> members, List<DiagnosticInfo> problems)
    {
        var name = $"{symbol.ContainingType.Name}.{symbol.Name}";
        if (symbol.FindAttribute(Names.Id)?.ConstructorArguments is not [{ Value: uint id }, ..])
        {
            problems.Add(DiagnosticInfo.Create(Rules.MissingId, symbol, name));
            return null;
        }

        if (id >= ExceptionMessageId || members.Any(member => member.Field.Id == id))
        {
            problems.Add(DiagnosticInfo.Create(Rules.DuplicateId, symbol, name, id.ToString()));
        }

        if (symbol.IsHidden())
        {
            problems.Add(DiagnosticInfo.Create(Rules.NotAccessible, symbol, name));
        }

        if (CodecFinder.Field(id, symbol.Name.Escaped(), type, out var problem) is { } field)
        {
            return new Member(symbol, type, field);
        }

        problems.Add(DiagnosticInfo.Create(Rules.UnsupportedType, symbol, name, type.ToDisplayString(), problem ?? ""));
        return null;
    }

    /// <summary>Fields and auto-properties hold state; computed properties do not, unless an [Id] says so.</summary>
    private static bool IsStored(ISymbol symbol, out ITypeSymbol type)
    {
        switch (symbol)
        {
            case IFieldSymbol { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false } field:
                type = field.Type;
                return true;
            case IPropertySymbol { IsStatic: false, IsIndexer: false, IsImplicitlyDeclared: false } property:
                type = property.Type;
                return property.Has(Names.Id) || HasBackingField(property);
            default:
                type = null!;
                return false;
        }
    }

    private static bool HasBackingField(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsException(INamedTypeSymbol type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.FullName() == Names.Exception)
            {
                return true;
            }
        }

        return false;
    }

    private static void AddMessage(INamedTypeSymbol type, List<Member> members)
    {
        var parameter = type.InstanceConstructors.SelectMany(constructor => constructor.Parameters)
            .FirstOrDefault(candidate => candidate is { Name: "message", Type.SpecialType: SpecialType.System_String });
        if (parameter is not null)
        {
            var field = CodecFinder.Field(ExceptionMessageId, "Message", parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), out _)!;
            members.Add(new Member(parameter, parameter.Type, field));
        }
    }

    private static bool ContainsItself(INamedTypeSymbol type)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<INamedTypeSymbol>([type]);
        while (open.Count > 0)
        {
            foreach (var member in open.Pop().GetMembers())
            {
                if (IsStored(member, out var memberType)
                    && memberType is INamedTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } inner
                    && inner.Has(Names.GenerateSerializer))
                {
                    if (SymbolEqualityComparer.Default.Equals(inner, type))
                    {
                        return true;
                    }

                    if (seen.Add(inner))
                    {
                        open.Push(inner);
                    }
                }
            }
        }

        return false;
    }
}

/// <summary>A member to be encoded.</summary>
internal sealed record Member(ISymbol Symbol, ITypeSymbol Type, FieldModel Field);
