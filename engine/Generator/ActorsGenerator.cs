using System.Collections.Immutable;
using Actors.Engine.Generator.Models;
using Actors.Engine.Generator.Reading;
using Actors.Engine.Generator.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Actors.Engine.Generator;

/// <summary>Makes references, requests, codecs, grain descriptors and the manifest of an assembly.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ActorsGenerator : IIncrementalGenerator
{
    /// <summary>Names of the steps whose results are values, for the test that they are cached.</summary>
    public static readonly ImmutableArray<string> Steps = ["Messages", "Interfaces", "Grains"];

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var messages = context.SyntaxProvider.ForAttributeWithMetadataName(
                Names.GenerateSerializer,
                static (node, _) => node is TypeDeclarationSyntax,
                static (syntax, cancellation) => MessageReader.Read((INamedTypeSymbol)syntax.TargetSymbol, cancellation))
            .Where(static result => result is not null)
            .WithTrackingName(Steps[0]);
        var interfaces = Declarations<InterfaceDeclarationSyntax, InterfaceModel>(context, InterfaceReader.Read).WithTrackingName(Steps[1]);
        var grains = Declarations<ClassDeclarationSyntax, GrainModel>(context, GrainReader.Read).WithTrackingName(Steps[2]);

        Output(context, messages, static model => (model.Target.HintName, MessageWriter.Write(model)));
        Output(context, interfaces, static model => (model.Target.HintName, InterfaceWriter.Write(model)));
        Output(context, grains, static model => (model.Target.HintName, GrainWriter.Write(model)));

        var all = Targets(interfaces, static model => model.Target)
            .Combine(Targets(grains, static model => model.Target))
            .Combine(Targets(messages, static model => model.Target))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? "Assembly"));
        context.RegisterSourceOutput(all, static (output, found) =>
        {
            var (((interfaces, grains), messages), assembly) = found;
            if (interfaces.Length + grains.Length + messages.Length > 0)
            {
                output.AddSource("Manifest.g.cs", ManifestWriter.Write(assembly, interfaces, grains, messages));
            }
        });
    }

    private static IncrementalValuesProvider<ReadResult<TModel>?> Declarations<TSyntax, TModel>(
        IncrementalGeneratorInitializationContext context, Func<INamedTypeSymbol, CancellationToken, ReadResult<TModel>?> read)
        where TSyntax : TypeDeclarationSyntax
        where TModel : class =>
        context.SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is TSyntax { BaseList: not null },
                (syntax, cancellation) =>
                    syntax.SemanticModel.GetDeclaredSymbol(syntax.Node, cancellation) is INamedTypeSymbol symbol && symbol.IsFirstDeclaration(syntax.Node, cancellation)
                        ? read(symbol, cancellation)
                        : null)
            .Where(static result => result is not null);

    private static void Output<TModel>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ReadResult<TModel>?> results,
        Func<TModel, (string Name, string Code)> write)
        where TModel : class =>
        context.RegisterSourceOutput(results, (output, result) =>
        {
            foreach (var diagnostic in result!.Diagnostics)
            {
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
            }

            if (result.Model is { } model)
            {
                var (name, code) = write(model);
                output.AddSource(name, code);
            }
        });

    private static IncrementalValueProvider<EquatableArray<TargetModel>> Targets<TModel>(
        IncrementalValuesProvider<ReadResult<TModel>?> results, Func<TModel, TargetModel> target)
        where TModel : class =>
        results.Select((result, _) => result!.Model is { } model ? target(model) : null)
            .Where(static found => found is not null)
            .Collect()
            .Select(static (found, _) => found.Select(item => item!).ToEquatableArray());
}
