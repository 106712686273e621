using Actors.Engine.Generator.Models;
using Actors.Engine.Generator.Reading;

namespace Actors.Engine.Generator.Writing;

/// <summary>Writes the reference class of a grain or observer interface, its requests and its descriptor.</summary>
internal static class InterfaceWriter
{
    private const string Space = "global::Actors.Engine.CodeGeneration.";

    public static string Write(InterfaceModel model)
    {
        var code = new CodeWriter(model.Target.Namespace);
        code.Line($"internal sealed class {model.Target.Name}({Space}IRequestSender sender, global::Orleans.Runtime.GrainId grainId)");
        code.Open($"    : global::Orleans.Runtime.GrainReference(sender, grainId), {model.Type}");
        WriteDescriptor(code, model);
        code.Line();
        code.Line($"public override {Space}InterfaceDescriptor Descriptor => TheDescriptor;");
        foreach (var method in model.Methods)
        {
            code.Line();
            WriteCall(code, method);
        }

        foreach (var method in model.Methods)
        {
            code.Line();
            RequestWriter.Write(code, model, method);
        }

        code.Close();
        return code.ToString();
    }

    private static void WriteDescriptor(CodeWriter code, InterfaceModel model)
    {
        code.Line($"public static readonly {Space}InterfaceDescriptor TheDescriptor = new(");
        code.Line($"    {model.TypeAlias.Quoted()},");
        code.Line($"    typeof({model.Type}),");
        code.Line($"    {(model.IsObserver ? "true" : "false")},");
        code.Line($"    static (sender, grainId) => new {model.Target.Name}(sender, grainId),");
        code.Line("    [");
        foreach (var method in model.Methods)
        {
            code.Line($"        new({RequestWriter.Name(method)}.TheMethod, {RequestWriter.Name(method)}.Decode),");
        }

        code.Line("    ]);");
    }

    private static void WriteCall(CodeWriter code, MethodModel method)
    {
        var parameters = method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}").ToList();
        var token = "";
        if (method.CancellationToken is { } name)
        {
            parameters.Add($"global::{Names.CancellationToken} {name}");
            token = $" {{ CancellationToken = {name} }}";
        }

        var arguments = string.Join(", ", method.Parameters.Select(parameter => parameter.Name));
        var request = $"new {RequestWriter.Name(method)}({arguments}){token}";
        var head = $"{method.ReturnType} {method.DeclaringType}.{method.Name}({string.Join(", ", parameters)})";
        if (!method.OneWay)
        {
            var isValueTask = method.Kind is ResultKind.ValueTask or ResultKind.ValueTaskOfResult;
            code.Line($"{head} => {(isValueTask ? "InvokeValueAsync" : "InvokeAsync")}({request});");
            return;
        }

        code.Open(head);
        code.Line($"Send({request});");
        if (method.Kind != ResultKind.Void)
        {
            code.Line(method.Kind == ResultKind.Task ? "return global::System.Threading.Tasks.Task.CompletedTask;" : "return default;");
        }

        code.Close();
    }
}
