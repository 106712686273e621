using Actors.Engine.Generator.Models;

namespace Actors.Engine.Generator.Writing;

/// <summary>Writes the code that encodes and decodes a few fields: members of a type, arguments or a result.</summary>
internal static class FieldsWriter
{
    private const string Space = "global::Actors.Engine.Serialization.";

    /// <summary>One static codec per field: <c>prefix0</c>, <c>prefix1</c>, …</summary>
    public static void Codecs(CodeWriter code, IEnumerable<FieldModel> fields, string prefix)
    {
        var index = 0;
        foreach (var field in fields)
        {
            code.Line($"private static readonly {Space}Codec<{field.CodecType}> {prefix}{index++} = {field.Codec};");
        }
    }

    /// <summary>Writes one field whose value is <paramref name="value"/>.</summary>
    public static void Encode(CodeWriter code, FieldModel field, string codec, string value)
    {
        if (field.Nullability is FieldNullability.NullableReference or FieldNullability.NullableValue)
        {
            code.Open($"if ({value} is {{ }} present{field.Id})");
            code.Line($"{codec}.WriteField(writer, {field.Id}u, present{field.Id});");
            code.Close();
        }
        else
        {
            code.Line($"{codec}.WriteMember(writer, {field.Id}u, {value});");
        }
    }

    /// <summary>Reads all fields into locals <c>value0</c>, <c>value1</c>, …</summary>
    public static void Decode(CodeWriter code, EquatableArray<FieldModel> fields, string prefix)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            code.Line($"{fields[i].Type} value{i} = default!;");
            if (fields[i].Nullability == FieldNullability.NeverNull)
            {
                code.Line($"bool has{i} = false;");
            }
        }

        code.Open("while (reader.Next())");
        code.Open("switch (reader.Id)");
        for (var i = 0; i < fields.Length; i++)
        {
            code.Line($"case {fields[i].Id}u:");
            code.Line($"    value{i} = {prefix}{i}.ReadField(ref reader);");
            if (fields[i].Nullability == FieldNullability.NeverNull)
            {
                code.Line($"    has{i} = true;");
            }

            code.Line("    break;");
        }

        code.Close();
        code.Close();
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Nullability == FieldNullability.NeverNull)
            {
                code.Open($"if (!has{i})");
                code.Line($"value{i} = {prefix}{i}.ReadMissing(ref reader);");
                code.Close();
            }
        }
    }
}
