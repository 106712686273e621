using Actors.Engine.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Generator.Reading;

/// <summary>Reads a method of a grain or observer interface.</summary>
internal static class MethodReader
{
    public static string AliasOf(IMethodSymbol method) => method.FindAttribute(Names.TypeAlias).FirstArgument<string>() ?? method.Name;

    public static MethodModel? Read(IMethodSymbol method, string name, List<DiagnosticInfo> problems)
    {
        var oneWay = method.Has(Names.OneWay);
        if (KindOf(method.ReturnType, out var resultType) is not { } kind || (kind == ResultKind.Void && !oneWay))
        {
            problems.Add(DiagnosticInfo.Create(Rules.ReturnType, method, name));
            return null;
        }

        if (oneWay && resultType is not null)
        {
            problems.Add(DiagnosticInfo.Create(Rules.OneWayResult, method, name));
        }

        var parameters = ReadParameters(method, name, problems, out var token);
        var result = resultType is null ? null : CodecFinder.Field(0, "result", resultType, out _);
        if (resultType is not null && result is null)
        {
            CodecFinder.Field(0, "result", resultType, out var problem);
            problems.Add(DiagnosticInfo.Create(Rules.UnsupportedType, method, name, resultType.ToDisplayString(), problem ?? ""));
        }

        return new MethodModel(
            method.Name.Escaped(),
            AliasOf(method),
            method.ContainingType.ToSource(),
            method.ReturnType.ToSource(),
            kind,
            result,
            parameters.ToEquatableArray(),
            token,
            method.Has(Names.AlwaysInterleave),
            method.Has(Names.ReadOnly),
            oneWay);
    }

    private static List<FieldModel> ReadParameters(IMethodSymbol method, string name, List<DiagnosticInfo> problems, out string? token)
    {
        token = null;
        var fields = new List<FieldModel>();
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.FullName() == Names.CancellationToken)
            {
                if (parameter.Ordinal != method.Parameters.Length - 1)
                {
                    problems.Add(DiagnosticInfo.Create(Rules.CancellationTokenPlace, parameter, name));
                }

                token = parameter.Name.Escaped();
            }
            else if (CodecFinder.Field((uint)parameter.Ordinal, parameter.Name.Escaped(), parameter.Type, out var problem) is { } field)
            {
                fields.Add(field);
            }
            else
            {
                problems.Add(DiagnosticInfo.Create(
                    Rules.UnsupportedType, parameter, $"{name}({parameter.Name})", parameter.Type.ToDisplayString(), problem ?? ""));
            }
        }

        return fields;
    }

    private static ResultKind? KindOf(ITypeSymbol type, out ITypeSymbol? result)
    {
        result = null;
        if (type.SpecialType == SpecialType.System_Void)
        {
            return ResultKind.Void;
        }

        switch (type.FullName())
        {
            case "System.Threading.Tasks.Task":
                return ResultKind.Task;
            case "System.Threading.Tasks.ValueTask":
                return ResultKind.ValueTask;
            case "System.Threading.Tasks.Task<TResult>":
                result = ((INamedTypeSymbol)type).TypeArguments[0];
                return ResultKind.TaskOfResult;
            case "System.Threading.Tasks.ValueTask<TResult>":
                result = ((INamedTypeSymbol)type).TypeArguments[0];
                return ResultKind.ValueTaskOfResult;
            default:
                return null;
        }
    }
}
