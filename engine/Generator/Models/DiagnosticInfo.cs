using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Actors.Engine.Generator.Models;

/// <summary>A diagnostic as a value: it holds no syntax tree.</summary>
internal sealed record DiagnosticInfo(string Id, string FilePath, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, ISymbol symbol, params string[] arguments)
    {
        var location = symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
        return new DiagnosticInfo(
            descriptor.Id,
            location.SourceTree?.FilePath ?? "",
            location.SourceSpan,
            location.GetLineSpan().Span,
            arguments.ToEquatableArray());
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(
            Rules.ById(Id),
            FilePath.Length == 0 ? Location.None : Location.Create(FilePath, Span, Lines),
            [.. Arguments]);
}
