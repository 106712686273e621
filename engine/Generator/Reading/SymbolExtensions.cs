using Actors.Engine.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Engine.Generator.Reading;

internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat Qualified =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Metadata = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    /// <summary>The type as source code, from global:: on.</summary>
    public static string ToSource(this ITypeSymbol type) => type.ToDisplayString(Qualified);

    /// <summary>The definition's name with its namespace, as in <see cref="Names"/>.</summary>
    public static string FullName(this ITypeSymbol type) => type.OriginalDefinition.ToDisplayString(Metadata);

    public static AttributeData? FindAttribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.FullName() == name);

    public static bool Has(this ISymbol symbol, string attribute) => symbol.FindAttribute(attribute) is not null;

    public static T? FirstArgument<T>(this AttributeData? attribute) =>
        attribute is { ConstructorArguments: [{ Value: T value }, ..] } ? value : default;

    public static bool Implements(this ITypeSymbol type, string interfaceName) =>
        type.AllInterfaces.Any(candidate => candidate.FullName() == interfaceName);

    public static string Escaped(this string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    public static string Quoted(this string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    public static bool IsHidden(this ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;

    /// <summary>Whether generated code of the same assembly can name it.</summary>
    public static bool IsReachable(this ISymbol symbol)
    {
        for (var at = symbol; at is not null and not INamespaceSymbol; at = at.ContainingSymbol)
        {
            if (at.IsHidden())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The class that is generated for a type; the same from every assembly that refers to it.</summary>
    public static TargetModel Target(this INamedTypeSymbol type, string suffix)
    {
        var name = type.Name + suffix;
        var isPublic = type.DeclaredAccessibility == Accessibility.Public;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = outer.Name + "_" + name;
            isPublic &= outer.DeclaredAccessibility == Accessibility.Public;
        }

        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString() + ".";
        return new TargetModel(space + "Generated", name, isPublic);
    }

    /// <summary>Partial types are declared more than once; the first declaration that names bases speaks for all.</summary>
    public static bool IsFirstDeclaration(this ISymbol symbol, SyntaxNode node, CancellationToken cancellationToken) =>
        symbol.DeclaringSyntaxReferences
            .FirstOrDefault(declaration => declaration.GetSyntax(cancellationToken) is TypeDeclarationSyntax { BaseList: not null })
            is { } first && first.SyntaxTree == node.SyntaxTree && first.Span == node.Span;
}
