using System.Collections.Immutable;
using Orleans;

namespace Actors.Engine.Tests.Serialization;

[GenerateSerializer, Alias("tests.scalars")]
internal sealed record Scalars(
    [property: Id(0)] bool Flag,
    [property: Id(1)] sbyte Signed8,
    [property: Id(2)] short Signed16,
    [property: Id(3)] int Signed32,
    [property: Id(4)] long Signed64,
    [property: Id(5)] byte Unsigned8,
    [property: Id(6)] ushort Unsigned16,
    [property: Id(7)] uint Unsigned32,
    [property: Id(8)] ulong Unsigned64,
    [property: Id(9)] char Character,
    [property: Id(10)] double Real,
    [property: Id(11)] float ShortReal,
    [property: Id(12)] decimal Amount,
    [property: Id(13)] string Text,
    [property: Id(14)] Guid Uuid,
    [property: Id(15)] DateTime Date,
    [property: Id(16)] DateTimeOffset Instant,
    [property: Id(17)] TimeSpan Span,
    [property: Id(18)] DateOnly Day,
    [property: Id(19)] TimeOnly Time,
    [property: Id(20)] Colour Colour,
    [property: Id(21)] Wide Wide);

internal enum Colour
{
    None,
    Red,
    Green = -7,
}

internal enum Wide : ulong
{
    Nothing,
    Highest = ulong.MaxValue,
}

[GenerateSerializer, Alias("tests.optionals")]
internal sealed record Optionals(
    [property: Id(0)] int? Number,
    [property: Id(1)] string? Text,
    [property: Id(2)] Guid? Uuid,
    [property: Id(3)] DateTimeOffset? Instant,
    [property: Id(4)] Colour? Colour,
    [property: Id(5)] ImmutableArray<string>? Texts,
    [property: Id(6)] byte[]? Bytes,
    [property: Id(7)] Leaf? Leaf,
    [property: Id(8)] Point? Point,
    [property: Id(9)] List<int>? Numbers);

[GenerateSerializer, Alias("tests.collections")]
internal sealed record Collections(
    [property: Id(0)] ImmutableArray<int> Numbers,
    [property: Id(1)] ImmutableArray<byte> Bytes,
    [property: Id(2)] ImmutableArray<Leaf> Leaves,
    [property: Id(3)] string[] Texts,
    [property: Id(4)] List<Guid> Uuids,
    [property: Id(5)] Dictionary<string, Leaf> ByName,
    [property: Id(6)] Dictionary<int, List<string>> ByNumber,
    [property: Id(7)] HashSet<long> Set,
    [property: Id(8)] ImmutableArray<int?> Holes,
    [property: Id(9)] List<string?> TextHoles,
    [property: Id(10)] byte[] Raw,
    [property: Id(11)] ImmutableArray<ImmutableArray<Point>> Points);

[GenerateSerializer, Alias("tests.leaf")]
internal sealed record Leaf([property: Id(0)] string Name, [property: Id(1)] Point At);

#pragma warning disable MA0008 // no layout is asked of it
[GenerateSerializer, Alias("tests.point")]
internal readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);
#pragma warning restore MA0008

[GenerateSerializer, Alias("tests.tree")]
internal sealed record Tree([property: Id(0)] int Value, [property: Id(1)] Tree? Left, [property: Id(2)] ImmutableArray<Tree> Others);

/// <summary>Like grain state: a mutable class, filled by its setters.</summary>
[GenerateSerializer, Alias("tests.state")]
internal sealed class MutableState
{
    [Id(0)]
    public int Count { get; set; }

    [Id(1)]
    public List<Leaf> Leaves { get; set; } = [];

    [Id(2)]
    public Dictionary<string, int> Totals { get; set; } = [];

    [Id(3)]
    public Leaf? Last { get; set; }

    public int Sum => Totals.Values.Sum();
}

/// <summary>Required and init-only members beside constructor parameters.</summary>
[GenerateSerializer, Alias("tests.mixed")]
internal sealed record Mixed([property: Id(0)] string Name)
{
    [Id(1)]
    public required int Size { get; init; }

    [Id(2)]
    public string? Note { get; init; }
}

[GenerateSerializer, Alias("tests.fault")]
internal sealed class TestFaultException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}
