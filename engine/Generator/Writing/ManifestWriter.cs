using System.Text;
using Actors.Engine.Generator.Models;

namespace Actors.Engine.Generator.Writing;

/// <summary>Writes the manifest of an assembly: all that was generated for it.</summary>
internal static class ManifestWriter
{
    private const string Space = "global::Actors.Engine.CodeGeneration.";
    private const string Array = "global::System.Collections.Immutable.ImmutableArray";

    public static string Write(
        string assembly, IEnumerable<TargetModel> interfaces, IEnumerable<TargetModel> grains, IEnumerable<TargetModel> codecs)
    {
        var space = "Actors.Engine.Generated." + Identifier(assembly);
        var code = new CodeWriter(space, $"[assembly: {Space}GrainManifest(typeof(global::{space}.Manifest))]");
        code.Open($"internal sealed class Manifest : {Space}GrainManifest");
        Property(code, $"{Space}InterfaceDescriptor", "Interfaces", interfaces.Select(target => target.FullName + ".TheDescriptor"));
        Property(code, $"{Space}GrainClassDescriptor", "Grains", grains.Select(target => target.FullName + ".TheDescriptor"));
        Property(code, "global::Actors.Engine.Serialization.Codec", "Codecs", codecs.Select(target => target.FullName + ".Instance"));
        code.Close();
        return code.ToString();
    }

    private static void Property(CodeWriter code, string type, string name, IEnumerable<string> items)
    {
        code.Line($"public override {Array}<{type}> {name} {{ get; }} =");
        code.Line("[");
        foreach (var item in items.OrderBy(item => item, StringComparer.Ordinal))
        {
            code.Line($"    {item},");
        }

        code.Line("];");
        code.Line();
    }

    private static string Identifier(string assembly)
    {
        var text = new StringBuilder(assembly.Length + 1);
        foreach (var character in assembly)
        {
            text.Append(char.IsLetterOrDigit(character) ? character : '_');
        }

        return char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }
}
