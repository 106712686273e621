using Actors.Engine.Serialization;
using Actors.Engine.Tests.Serialization.Generated;

namespace Actors.Engine.Tests.Serialization;

public sealed class FuzzTests
{
    private const int Inputs = 1_000_000;
    private const int Workers = 2;

    [Fact]
    public void Read_OfAnyBytes_ThrowsOnlyCodecExceptions() =>
        Parallel.For(0, Workers, worker =>
        {
            var random = new RandomMessages(worker);
            byte[][] valid = [];
            for (var i = 0; i < Inputs / Workers; i++)
            {
                if (i % 1_000 == 0)
                {
                    valid =
                    [
                        ScalarsCodec.Instance.Encode(random.Scalars()),
                        OptionalsCodec.Instance.Encode(random.Optionals()),
                        CollectionsCodec.Instance.Encode(random.Collections()),
                        TreeCodec.Instance.Encode(random.Tree()),
                    ];
                }

                var kind = i % valid.Length;
                Feed(kind, i % 8 < valid.Length ? random.Mutate(valid[kind]) : random.Bytes(64));
            }
        });

    private static void Feed(int kind, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            switch (kind)
            {
                case 0:
                    Read(ScalarsCodec.Instance, input);
                    break;
                case 1:
                    Read(OptionalsCodec.Instance, input);
                    break;
                case 2:
                    Read(CollectionsCodec.Instance, input);
                    break;
                default:
                    Read(TreeCodec.Instance, input);
                    break;
            }
        }
        catch (CodecException)
        {
            // the one way to refuse bytes
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 64 * 1024 + (256 * input.Length), $"{allocated} bytes for {Convert.ToHexString(input)}");
    }

    /// <summary>Decode would wrap an unexpected exception; reading the message as a field does not.</summary>
    private static void Read<T>(MessageCodec<T> codec, byte[] input)
    {
        using var writer = new FieldWriter(input.Length + 16);
        writer.WriteBytes(0, input);
        var reader = new FieldReader(writer.WrittenSpan);
        reader.Next();
        codec.ReadField(ref reader);
    }
}
