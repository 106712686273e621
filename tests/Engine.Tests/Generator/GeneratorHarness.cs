using System.Collections.Immutable;
using Actors.Engine.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Engine.Tests.Generator;

/// <summary>Runs the generator on a source text, in memory.</summary>
internal static class GeneratorHarness
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Threading;
        using System.Threading.Tasks;
        using Orleans;
        using Orleans.Concurrency;
        using Orleans.Runtime;

        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not "Actors.Engine.Tests.dll" && !Path.GetFileName(path).StartsWith("xunit", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(Usings + source, Parsing, "Source.cs");

    public static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Sample",
        [Parse(source)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ActorsGenerator().AsSourceGenerator()],
        parseOptions: Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The ids of what the generator refuses.</summary>
    public static ImmutableArray<string> Refusals(string source)
    {
        var driver = Driver().RunGenerators(Compile(source), TestContext.Current.CancellationToken);
        return [.. driver.GetRunResult().Diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal)];
    }

    /// <summary>What the compiler says of the source together with what is generated for it.</summary>
    public static ImmutableArray<Diagnostic> CompilerMessages(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(
            Compile(source), out var output, out var diagnostics, TestContext.Current.CancellationToken);
        return
        [
            .. diagnostics,
            .. output.GetDiagnostics(TestContext.Current.CancellationToken).Where(message => message.Severity >= DiagnosticSeverity.Warning),
        ];
    }
}
