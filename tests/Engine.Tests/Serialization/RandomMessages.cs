using System.Collections.Immutable;

namespace Actors.Engine.Tests.Serialization;

/// <summary>Seeded values that prefer the edges of their types.</summary>
internal sealed class RandomMessages(int seed)
{
    private readonly Random _random = new(seed);

    public Scalars Scalars() => new(
        Coin(), (sbyte)Bits(), (short)Bits(), (int)Bits(), Bits(), (byte)Bits(), (ushort)Bits(), (uint)Bits(), (ulong)Bits(),
        (char)_random.Next(0xD800), Double(), (float)Double(), Decimal(), Text(), Uuid(), Date(), Instant(),
        new TimeSpan(Bits()), DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber + 1)),
        new TimeOnly(_random.NextInt64(TimeOnly.MaxValue.Ticks + 1)), (Colour)(int)Bits(), (Wide)(ulong)Bits());

    public Optionals Optionals() => new(
        Maybe(() => (int)Bits()), Coin() ? Text() : null, Maybe(Uuid), Maybe(Instant), Maybe(() => Colour.Green),
        Maybe(() => Some(Text).ToImmutableArray()), Coin() ? Raw() : null, Coin() ? Leaf() : null, Maybe(Point),
        Coin() ? Some(() => (int)Bits()) : null);

    public Collections Collections() => new(
        [.. Some(() => (int)Bits())], [.. Raw()], [.. Some(Leaf)], [.. Some(Text)], Some(Uuid),
        Some(Text).Distinct().ToDictionary(text => text, _ => Leaf()),
        Some(() => (int)Bits()).Distinct().ToDictionary(number => number, _ => Some(Text)),
        [.. Some(Bits)], [.. Some(() => Maybe(() => (int)Bits()))], Some(() => Coin() ? Text() : null), Raw(),
        [.. Some(() => Some(Point).ToImmutableArray())]);

    public Tree Tree(int depth = 4) =>
        new((int)Bits(), depth > 0 && Coin() ? Tree(depth - 1) : null, depth > 0 ? [.. Some(() => Tree(depth - 2))] : []);

    public byte[] Bytes(int maxLength)
    {
        var bytes = new byte[_random.Next(maxLength + 1)];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A few bytes changed, put in, or cut away.</summary>
    public byte[] Mutate(ReadOnlySpan<byte> valid)
    {
        var bytes = valid.ToArray();
        for (var left = _random.Next(1, 5); left > 0 && bytes.Length > 0; left--)
        {
            var at = _random.Next(bytes.Length);
            switch (_random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    bytes = [.. bytes.AsSpan(0, at), (byte)_random.Next(256), .. bytes.AsSpan(at)];
                    break;
                default:
                    bytes = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(_random.Next(bytes.Length))];
                    break;
            }
        }

        return bytes;
    }

    private bool Coin() => _random.Next(2) == 0;

    private long Bits() => _random.Next(6) switch
    {
        0 => 0,
        1 => _random.Next(-130, 130),
        2 => long.MinValue,
        3 => long.MaxValue,
        4 => int.MinValue,
        _ => _random.NextInt64(long.MinValue, long.MaxValue),
    };

    private double Double() => _random.Next(5) switch
    {
        0 => 0,
        1 => -0.0,
        2 => double.NaN,
        3 => double.NegativeInfinity,
        _ => BitConverter.Int64BitsToDouble(Bits()),
    };

    private decimal Decimal() => new((int)Bits(), (int)Bits(), Coin() ? 0 : (int)Bits(), Coin(), (byte)_random.Next(29));

    private string Text() => _random.Next(4) switch
    {
        0 => "",
        1 => "Élodie 🎫 \0",
        2 => new string('x', _random.Next(300)),
        _ => _random.Next().ToString("X"),
    };

    private Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return Coin() ? Guid.Empty : new Guid(bytes);
    }

    private DateTime Date() => new(_random.Next(3) switch
    {
        0 => 0,
        1 => DateTime.MaxValue.Ticks,
        _ => _random.NextInt64(DateTime.MaxValue.Ticks),
    }, (DateTimeKind)_random.Next(2));

    private DateTimeOffset Instant()
    {
        var offset = Coin() ? TimeSpan.Zero : TimeSpan.FromMinutes(_random.Next(-840, 841));
        return new DateTimeOffset(_random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), offset);
    }

    private Leaf Leaf() => new(Text(), Point());

    private Point Point() => new((int)Bits(), (int)Bits());

    private byte[] Raw() => Bytes(200);

    private T? Maybe<T>(Func<T> make)
        where T : struct => Coin() ? make() : null;

    private List<T> Some<T>(Func<T> make) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => make())];
}
