using Actors.Engine.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Generator.Reading;

/// <summary>Reads a grain or observer interface, with what it inherits.</summary>
internal static class InterfaceReader
{
    private static readonly string[] Markers = [Names.Addressable, Names.Grain, Names.GrainWithStringKey, Names.Observer];

    public static ReadResult<InterfaceModel>? Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!type.Implements(Names.Addressable) || Markers.Contains(type.FullName()) || type.FullName() == Names.Remindable)
        {
            return null;
        }

        var problems = new List<DiagnosticInfo>();
        if (type.IsGenericType)
        {
            problems.Add(DiagnosticInfo.Create(Rules.GenericType, type, type.Name));
        }

        if (!type.IsReachable())
        {
            problems.Add(DiagnosticInfo.Create(Rules.NotAccessible, type, type.Name));
        }

        var methods = new List<MethodModel>();
        foreach (var member in type.AllInterfaces.Insert(0, type).SelectMany(candidate => candidate.GetMembers()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadMember(member, methods, problems);
        }

        if (problems.Count > 0)
        {
            return new ReadResult<InterfaceModel>(null, problems.ToEquatableArray());
        }

        var model = new InterfaceModel(
            type.Target("Reference"),
            type.ToSource(),
            type.Name,
            type.FindAttribute(Names.TypeAlias).FirstArgument<string>() ?? type.FullName(),
            type.Implements(Names.Observer),
            methods.ToEquatableArray());
        return new ReadResult<InterfaceModel>(model, default);
    }

    private static void ReadMember(ISymbol member, List<MethodModel> methods, List<DiagnosticInfo> problems)
    {
        var name = $"{member.ContainingType.Name}.{member.Name}";
        if (member is IMethodSymbol { AssociatedSymbol: not null } or INamedTypeSymbol)
        {
            return; // accessors are told by their property; nested types are no members to call
        }

        if (member is not IMethodSymbol { IsStatic: false } method || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
        {
            problems.Add(DiagnosticInfo.Create(Rules.NotAMethod, member, name));
            return;
        }

        var before = problems.Count;
        CheckMethod(method, name, methods, problems);
        var model = MethodReader.Read(method, name, problems);
        if (model is not null && problems.Count == before)
        {
            methods.Add(model);
        }
    }

    private static void CheckMethod(IMethodSymbol method, string name, List<MethodModel> methods, List<DiagnosticInfo> problems)
    {
        if (method.IsGenericMethod)
        {
            problems.Add(DiagnosticInfo.Create(Rules.GenericMethod, method, name));
        }

        if (!method.IsAbstract)
        {
            problems.Add(DiagnosticInfo.Create(Rules.DefaultMethod, method, name));
        }

        if (methods.Any(other => other.Name == method.Name.Escaped()))
        {
            problems.Add(DiagnosticInfo.Create(Rules.Overload, method, name));
        }
        else if (methods.Any(other => other.TypeAlias == MethodReader.AliasOf(method)))
        {
            problems.Add(DiagnosticInfo.Create(Rules.DuplicateMethodAlias, method, name, MethodReader.AliasOf(method)));
        }
    }
}
