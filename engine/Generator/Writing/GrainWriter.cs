using Actors.Engine.Generator.Models;
using Actors.Engine.Generator.Reading;

namespace Actors.Engine.Generator.Writing;

/// <summary>Writes the descriptor of a grain class.</summary>
internal static class GrainWriter
{
    private const string Space = "global::Actors.Engine.CodeGeneration.";

    public static string Write(GrainModel model)
    {
        var code = new CodeWriter(model.Target.Namespace);
        code.Open($"internal static class {model.Target.Name}");
        code.Line($"public static readonly {Space}GrainClassDescriptor TheDescriptor = new(");
        code.Line($"    {model.GrainType.Quoted()},");
        code.Line($"    typeof({model.Type}),");
        code.Line($"    static context => new {model.Type}(");
        code.Line($"        {string.Join(",\n            ", model.Arguments)}))");
        code.Open("");
        code.Line($"Interfaces = [{string.Join(", ", model.Interfaces.Select(type => $"typeof({type})"))}],");
        code.Line($"StateNames = [{string.Join(", ", model.StateNames.Select(name => name.Quoted()))}],");
        code.Line($"Reentrant = {(model.Reentrant ? "true" : "false")},");
        code.Line($"Remindable = {(model.Remindable ? "true" : "false")},");
        code.Line($"CollectionAge = {model.CollectionAge ?? "null"},");
        code.Close("};");
        code.Close();
        return code.ToString();
    }
}
