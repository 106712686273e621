using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Api.Tallying.Wire;

namespace Actors.Api.Tests.Tallying;

/// <summary>The parser of what pages hand in, and of their cursors.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded, so that a failure can be repeated.")]
public sealed class SyncBodyTests
{
    private const string Good = """
        {"events":[{"certificate":"00112233-4455-6677-8899-aabbccddeeff","event":"ffeeddccbbaa99887766554433221100","timestamp":1706137620.5,"type":"seen"},
        {"certificate_uuid":"00112233-4455-6677-8899-aabbccddeeff","event_uuid":"ffeeddcc-bbaa-9988-7766-554433221101","sent":0,"timestamp":1e9}],
        "since":"p9zxyw1a","now":1706137621.25,"limit":100,"more":true}
        """;

    [Fact]
    public void TryParse_BothKindsOfNames_AreRead()
    {
        Assert.True(SyncBody.TryParse(Bytes(Encoding.UTF8.GetBytes(Good)), out var request, out _));
        Assert.Equal([1706137620.5m, 1_000_000_000m], request.Scans.Select(scan => Times.ToSeconds(scan.ReaderTime)));
        Assert.Equal((100, true, false), (request.Limit, request.More, request.NumericCursor));
        Assert.Equal(1706137621.25m, Times.ToSeconds(request.ReaderNow!.Value));
    }

    [Fact]
    public void TryParse_AMillionDamagedBodies_EachGetsAnAnswer()
    {
        var random = new Random(4);
        var good = Encoding.UTF8.GetBytes(Good);
        var read = 0;
        for (var i = 0; i < 1_000_000; i++)
        {
            var body = Damage(random, good);
            if (SyncBody.TryParse(Bytes(body), out var request, out var error))
            {
                read++;
                Assert.InRange(request.Limit, 1, SyncRequest.MaxLimit);
                Assert.True(request.After >= 0);
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }

        Assert.InRange(read, 1, 999_999);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("0", 0)]
    [InlineData("-5", 0)]
    [InlineData("1706137620.123456", 1706137620123456)]
    [InlineData("1.7e9", 1700000000000000)]
    [InlineData("1e300", long.MaxValue)]
    [InlineData("p0", 0)]
    [InlineData("pZ", 35)]
    public void TryParse_CursorsOfAllClients_AreRead(string text, long position)
    {
        Assert.True(Cursors.TryParse(text, out var read));
        Assert.Equal(position, read);
    }

    [Theory]
    [InlineData("p")]
    [InlineData("p!")]
    [InlineData("q12")]
    [InlineData("p0000000000000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    public void TryParse_OtherCursors_AreRefused(string text) => Assert.False(Cursors.TryParse(text, out _));

    [Fact]
    public void Format_AnyPosition_IsReadBack()
    {
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var position = random.NextInt64(1L << random.Next(1, 60));
            Assert.True(Cursors.TryParse(Cursors.Format(position), out var read));
            Assert.Equal(position, read);
            Assert.True(Cursors.TryParseSeconds(Cursors.FormatSeconds(position), out read));
            Assert.Equal(position, read);
        }
    }

    [Theory]
    [InlineData("2024-01-25", "2024-01-25T00:00:00Z")]
    [InlineData("2024-01-25T10:00", "2024-01-25T10:00:00Z")]
    [InlineData("2024-01-25T10:00:00+01:00", "2024-01-25T09:00:00Z")]
    [InlineData("2024-01-25 10:00:00.123456Z", "2024-01-25T10:00:00Z")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryParse_Iso8601_IsRead(string? text, string? expected)
    {
        Assert.True(Times.TryParse(text, out var time));
        Assert.Equal(expected, Times.Format(time));
    }

    [Theory]
    [InlineData("25/01/2024")]
    [InlineData("2024-13-01")]
    [InlineData("2024-01-25T25:00:00Z")]
    [InlineData("1969-12-31")]
    [InlineData("now")]
    public void TryParse_OtherTimes_AreRefused(string text) => Assert.False(Times.TryParse(text, out _));

    private static byte[] Damage(Random random, byte[] good)
    {
        const string Pieces = "{}[]\":,\\0123456789.eE+-unltrfasd \u00e9\ud83d\ude00\0";
        var pieces = Encoding.UTF8.GetBytes(Pieces);
        var body = good.ToList();
        for (var changes = random.Next(1, 6); changes > 0 && body.Count > 0; changes--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(6))
            {
                case 0:
                    body.RemoveRange(at, random.Next(1, Math.Min(20, body.Count - at) + 1));
                    break;
                case 1:
                    body.Insert(at, pieces[random.Next(pieces.Length)]);
                    break;
                case 2:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    body.InsertRange(at, good.Skip(random.Next(good.Length)).Take(30));
                    break;
                default:
                    body[at] = pieces[random.Next(pieces.Length)];
                    break;
            }
        }

        return [.. body];
    }

    private static ReadOnlySequence<byte> Bytes(byte[] bytes) => new(bytes);
}
