using Actors.Engine.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Actors.Engine.Generator.Reading;

/// <summary>Finds for a type the expression of its codec.</summary>
internal static class CodecFinder
{
    private const string Space = "global::Actors.Engine.Serialization.";

    private static readonly Dictionary<string, string> Scalars = new(StringComparer.Ordinal)
    {
        ["bool"] = "Boolean",
        ["sbyte"] = "SByte",
        ["short"] = "Int16",
        ["int"] = "Int32",
        ["long"] = "Int64",
        ["byte"] = "Byte",
        ["ushort"] = "UInt16",
        ["uint"] = "UInt32",
        ["ulong"] = "UInt64",
        ["char"] = "Char",
        ["double"] = "Double",
        ["float"] = "Single",
        ["decimal"] = "Decimal",
        ["string"] = "Text",
        ["global::System.Guid"] = "Guid",
        ["global::System.DateTime"] = "DateTime",
        ["global::System.DateTimeOffset"] = "DateTimeOffset",
        ["global::System.TimeSpan"] = "TimeSpan",
        ["global::System.DateOnly"] = "DateOnly",
        ["global::System.TimeOnly"] = "TimeOnly",
        ["global::Orleans.Runtime.GrainId"] = "GrainId",
    };

    /// <summary>The field of a member, argument or result; null and a reason when its type has no codec.</summary>
    public static FieldModel? Field(uint id, string name, ITypeSymbol type, out string? problem)
    {
        var inner = WithoutNull(type, out var nullable);
        if (Find(inner, out problem) is not { } codec)
        {
            return null;
        }

        var nullability = nullable
            ? (inner.IsValueType ? FieldNullability.NullableValue : FieldNullability.NullableReference)
            : NeedsValue(inner) ? FieldNullability.NeverNull : FieldNullability.None;
        return new FieldModel(id, name, type.ToSource(), inner.ToSource(), codec, nullability);
    }

    /// <summary>The codec of a type that generated code has made, or makes, for it.</summary>
    public static string Message(INamedTypeSymbol type) => type.Target("Codec").FullName + ".Instance";

    private static bool NeedsValue(ITypeSymbol type) =>
        type.IsReferenceType || type.Has(Names.GenerateSerializer) || type.Name == "ImmutableArray";

    private static ITypeSymbol WithoutNull(ITypeSymbol type, out bool nullable)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped)
        {
            nullable = true;
            return wrapped.TypeArguments[0];
        }

        nullable = type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated;
        return type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
    }

    private static string? Find(ITypeSymbol type, out string? problem)
    {
        problem = null;
        if (type is IErrorTypeSymbol)
        {
            problem = "it is not known";
            return null;
        }

        var source = type.ToSource();
        if (Scalars.TryGetValue(source, out var scalar))
        {
            return $"{Space}{scalar}Codec.Instance";
        }

        switch (type)
        {
            case { TypeKind: TypeKind.Enum }:
                return $"{Space}EnumCodec<{source}>.Instance";
            case IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte }:
                return $"{Space}BytesCodec.Instance";
            case IArrayTypeSymbol { Rank: 1 } array:
                return Composed("Array", out problem, array.ElementType);
            case { TypeKind: TypeKind.Interface } when type.Implements(Names.Grain) || type.Implements(Names.Observer):
                return $"{Space}ReferenceCodec<{source}>.Instance";
            case INamedTypeSymbol { IsGenericType: true } generic:
                return Generic(generic, out problem);
            case INamedTypeSymbol named when named.Has(Names.GenerateSerializer):
                return Message(named);
            default:
                problem = "mark it [GenerateSerializer], or use scalars, strings, collections or records that are";
                return null;
        }
    }

    private static string? Generic(INamedTypeSymbol type, out string? problem)
    {
        var arguments = type.TypeArguments;
        switch (type.FullName())
        {
            case "System.Collections.Immutable.ImmutableArray<T>" when arguments[0].SpecialType == SpecialType.System_Byte:
                problem = null;
                return $"{Space}ImmutableBytesCodec.Instance";
            case "System.Collections.Immutable.ImmutableArray<T>":
                return Composed("ImmutableArray", out problem, arguments[0]);
            case "System.Collections.Generic.List<T>":
                return Composed("List", out problem, arguments[0]);
            case "System.Collections.Generic.HashSet<T>":
                return Composed("HashSet", out problem, arguments[0]);
            case "System.Collections.Generic.Dictionary<TKey, TValue>":
                return Composed("Dictionary", out problem, arguments[0], arguments[1]);
            default:
                problem = "of the generic types only ImmutableArray, List, HashSet, Dictionary and Nullable have one";
                return null;
        }
    }

    private static string? Composed(string kind, out string? problem, params ITypeSymbol[] elements)
    {
        var codecs = new List<string>();
        foreach (var element in elements)
        {
            if (Element(element, out problem) is not { } codec)
            {
                return null;
            }

            codecs.Add(codec);
        }

        problem = null;
        return $"new {Space}{kind}Codec<{string.Join(", ", elements.Select(SymbolExtensions.ToSource))}>({string.Join(", ", codecs)})";
    }

    private static string? Element(ITypeSymbol type, out string? problem)
    {
        var inner = WithoutNull(type, out var nullable);
        var codec = Find(inner, out problem);
        return codec is null || !nullable ? codec
            : $"new {Space}{(inner.IsValueType ? "Nullable" : "Optional")}Codec<{inner.ToSource()}>({codec})";
    }
}
