using Actors.Engine.Generator.Models;
using Actors.Engine.Generator.Reading;

namespace Actors.Engine.Generator.Writing;

/// <summary>Writes the request class of one method.</summary>
internal static class RequestWriter
{
    private const string Space = "global::Actors.Engine.CodeGeneration.";
    private const string Serialization = "global::Actors.Engine.Serialization.";

    public static string Name(MethodModel method) => method.Name.TrimStart('@') + "Request";

    public static void Write(CodeWriter code, InterfaceModel model, MethodModel method)
    {
        var result = method.Result?.Type ?? Space + "Unit";
        code.Open($"private sealed class {Name(method)} : {Space}GrainRequest<{result}>");
        WriteStatics(code, model, method);
        WriteArguments(code, method);
        code.Line();
        WriteInvoke(code, method, result);
        code.Line();
        WriteResult(code, method, result);
        code.Close();
    }

    private static void WriteStatics(CodeWriter code, InterfaceModel model, MethodModel method)
    {
        string[] names = [model.TypeAlias, method.TypeAlias, model.Name, method.Name.TrimStart('@')];
        bool[] flags = [method.AlwaysInterleave, method.ReadOnly, method.OneWay];
        var arguments = names.Select(name => name.Quoted()).Concat(flags.Select(flag => flag ? "true" : "false"));
        code.Line($"public static readonly {Space}GrainMethod TheMethod = new({string.Join(", ", arguments)});");
        FieldsWriter.Codecs(code, method.Parameters, "Codec");
        if (method.Result is { } field)
        {
            FieldsWriter.Codecs(code, [field], "Result");
        }

        code.Line();
    }

    private static void WriteArguments(CodeWriter code, MethodModel method)
    {
        var count = method.Parameters.Length;
        for (var i = 0; i < count; i++)
        {
            code.Line($"private readonly {method.Parameters[i].Type} _argument{i};");
        }

        code.Line();
        code.Open($"public {Name(method)}({string.Join(", ", method.Parameters.Select((parameter, i) => $"{parameter.Type} argument{i}"))})");
        for (var i = 0; i < count; i++)
        {
            code.Line($"_argument{i} = argument{i};");
        }

        code.Close();
        code.Line();
        code.Line($"public override {Space}GrainMethod Method => TheMethod;");
        code.Line();
        code.Open($"public override void EncodeArguments({Serialization}FieldWriter writer)");
        for (var i = 0; i < count; i++)
        {
            FieldsWriter.Encode(code, method.Parameters[i], $"Codec{i}", $"_argument{i}");
        }

        code.Close();
        code.Line();
        code.Open($"public static {Space}GrainRequest Decode(ref {Serialization}FieldReader reader)");
        FieldsWriter.Decode(code, method.Parameters, "Codec");
        code.Line($"return new {Name(method)}({string.Join(", ", Enumerable.Range(0, count).Select(i => $"value{i}"))});");
        code.Close();
    }

    private static void WriteInvoke(CodeWriter code, MethodModel method, string result)
    {
        var arguments = Enumerable.Range(0, method.Parameters.Length).Select(i => $"_argument{i}").ToList();
        if (method.CancellationToken is not null)
        {
            arguments.Add("cancellationToken");
        }

        var call = $"(({method.DeclaringType})target).{method.Name}({string.Join(", ", arguments)})";
        code.Open($"public override global::System.Threading.Tasks.ValueTask<{result}> InvokeAsync(object target, global::{Names.CancellationToken} cancellationToken)");
        switch (method.Kind)
        {
            case ResultKind.Void:
                code.Line($"{call};");
                code.Line("return default;");
                break;
            case ResultKind.Task or ResultKind.ValueTask:
                code.Line($"return {Space}Unit.From({call});");
                break;
            case ResultKind.TaskOfResult:
                code.Line($"return new({call});");
                break;
            default:
                code.Line($"return {call};");
                break;
        }

        code.Close();
    }

    private static void WriteResult(CodeWriter code, MethodModel method, string result)
    {
        code.Open($"public override void EncodeResult({Serialization}FieldWriter writer, {result} result)");
        if (method.Result is { } field)
        {
            FieldsWriter.Encode(code, field, "Result0", "result");
        }

        code.Close();
        code.Line();
        code.Open($"public override {result} DecodeResult(ref {Serialization}FieldReader reader)");
        if (method.Result is null)
        {
            code.Line("return default;");
        }
        else
        {
            FieldsWriter.Decode(code, new[] { method.Result }.ToEquatableArray(), "Result");
            code.Line("return value0;");
        }

        code.Close();
    }
}
