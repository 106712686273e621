using Actors.Engine.Generator.Models;
using Actors.Engine.Generator.Reading;

namespace Actors.Engine.Generator.Writing;

/// <summary>Writes the codec of a [GenerateSerializer] type.</summary>
internal static class MessageWriter
{
    public static string Write(MessageModel model)
    {
        var code = new CodeWriter(model.Target.Namespace);
        code.Line($"/// <summary>Encodes {model.Type.Replace("global::", "")}.</summary>");
        code.Open($"{(model.Target.IsPublic ? "public" : "internal")} sealed class {model.Target.Name} : global::Actors.Engine.Serialization.MessageCodec<{model.Type}>");

        // The first static field: codecs of types that refer to each other find it set.
        code.Line($"public static readonly {model.Target.Name} Instance = new();");
        FieldsWriter.Codecs(code, model.Fields, "Codec");
        code.Line();
        code.Line($"public override string TypeAlias => {model.TypeAlias.Quoted()};");
        code.Line();
        WriteMembers(code, model);
        code.Line();
        ReadMembers(code, model);
        code.Close();
        return code.ToString();
    }

    private static void WriteMembers(CodeWriter code, MessageModel model)
    {
        code.Open($"protected override void WriteMembers(global::Actors.Engine.Serialization.FieldWriter writer, {model.Type} value)");
        for (var i = 0; i < model.Fields.Length; i++)
        {
            FieldsWriter.Encode(code, model.Fields[i], $"Codec{i}", $"value.{model.Fields[i].Name}");
        }

        code.Close();
    }

    private static void ReadMembers(CodeWriter code, MessageModel model)
    {
        code.Open($"protected override {model.Type} ReadMembers(ref global::Actors.Engine.Serialization.FieldReader reader)");
        FieldsWriter.Decode(code, model.Fields, "Codec");
        var arguments = model.ConstructorFields.Select(argument => $"{argument.Parameter}: value{argument.Field}");
        code.Open($"return new {model.Type}({string.Join(", ", arguments)})");
        foreach (var index in model.InitializerFields)
        {
            code.Line($"{model.Fields[index].Name} = value{index},");
        }

        code.Close("};");
        code.Close();
    }
}
