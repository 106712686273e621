using System.Buffers.Binary;
using Actors.Engine.Transport;

namespace Actors.Engine.Tests.Builtin.Transport;

public sealed class FrameBufferTests
{
    private const int Inputs = 1_000_000;
    private const int MaxFrame = 512;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public void TryTake_FramesInPieces_ComeOutWhole(int piece)
    {
        var random = new Random(piece);
        var frames = Enumerable.Range(0, 500).Select(_ => Payload(random)).ToList();
        var bytes = frames.SelectMany((payload, i) => Frame((byte)i, payload)).ToArray();
        using var buffer = new FrameBuffer(MaxFrame);
        var taken = new List<byte[]>();

        for (var at = 0; at < bytes.Length; at += piece)
        {
            var part = bytes.AsSpan(at, Math.Min(piece, bytes.Length - at));
            Receive(buffer, part);
            while (buffer.TryTake(out var kind, out var payload))
            {
                Assert.Equal((byte)taken.Count, (byte)kind);
                taken.Add(payload.ToArray());
            }
        }

        Assert.Equal(frames, taken);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(MaxFrame + 1u)]
    [InlineData(uint.MaxValue)]
    public void TryTake_SizeOutOfBounds_IsRefused(uint size)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, size);

        Assert.Throws<ProtocolException>(() =>
        {
            using var buffer = new FrameBuffer(MaxFrame);
            Receive(buffer, bytes);
            buffer.TryTake(out _, out _);
        });
    }

    [Fact]
    public void TryTake_AMillionRandomInputs_NothingElseComesOutAndNoMoreThanAFrameIsHeld()
    {
        var random = new Random(20261122);
        var (frames, refusals) = (0, 0);
        var buffer = new FrameBuffer(MaxFrame);
        var input = new byte[96];
        for (var i = 0; i < Inputs; i++)
        {
            var part = input.AsSpan(0, random.Next(1, input.Length));
            random.NextBytes(part);
            if (random.Next(4) != 0 && part.Length >= 4)
            {
                // A size that may be right, lest every input ends at its first byte.
                BinaryPrimitives.WriteUInt32LittleEndian(part, (uint)random.Next(0, MaxFrame + 2));
            }

            try
            {
                Receive(buffer, part);
                while (buffer.TryTake(out _, out var payload))
                {
                    Assert.InRange(payload.Length, 0, MaxFrame - 1);
                    frames++;
                }
            }
            catch (ProtocolException)
            {
                refusals++;
                buffer.Dispose();
                buffer = new FrameBuffer(MaxFrame);
            }
        }

        buffer.Dispose();
        Assert.True(frames > Inputs / 100, $"Only {frames} frames were cut.");
        Assert.True(refusals > Inputs / 100, $"Only {refusals} inputs were refused.");
    }

    private static void Receive(FrameBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = buffer.Free.Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            buffer.Advance(count);
            bytes = bytes[count..];
        }
    }

    private static byte[] Payload(Random random)
    {
        var payload = new byte[random.Next(0, MaxFrame)];
        random.NextBytes(payload);
        return payload;
    }

    private static byte[] Frame(byte kind, byte[] payload)
    {
        var frame = new byte[FrameBuffer.HeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length + 1);
        frame[FrameBuffer.HeaderBytes - 1] = kind;
        payload.CopyTo(frame, FrameBuffer.HeaderBytes);
        return frame;
    }
}
