using Actors.Engine.CodeGeneration;
using Actors.Engine.Serialization;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Engine.Tests.Serialization;

public sealed class ExceptionCodecTests
{
    private static readonly ExceptionCodec Codec = new(new CodecRegistry([GrainManifest.Of(typeof(ExceptionCodecTests).Assembly)]));
    private static readonly ExceptionCodec Stranger = new(new CodecRegistry([]));

    [Fact]
    public void Read_OfOwnException_IsThatException()
    {
        var read = Assert.IsType<TestFaultException>(Send(new TestFaultException("no paper", 17), Codec));

        Assert.Equal(("no paper", 17), (read.Message, read.Code));
    }

    [Fact]
    public void Read_OfOwnExceptionUnknownToTheReader_NamesIt() =>
        Assert.Equal(
            "Actors.Engine.Tests.Serialization.TestFaultException: no paper",
            Assert.IsType<OrleansException>(Send(new TestFaultException("no paper", 17), Stranger)).Message);

    [Fact]
    public void Read_OfKnownException_KeepsTypeAndMessage()
    {
        Exception[] known = [new TimeoutException("a"), new InconsistentStateException("b"), new SiloUnavailableException("c")];

        Assert.All(known, sent =>
        {
            var read = Send(sent, Stranger);
            Assert.Equal((sent.GetType(), sent.Message), (read.GetType(), read.Message));
        });
    }

    [Fact]
    public void Read_OfDerivedException_IsItsNearestKnownBase() =>
        Assert.IsType<OperationCanceledException>(Send(new TaskCanceledException("a"), Stranger));

    private static Exception Send(Exception sent, ExceptionCodec receiver)
    {
        using var writer = new FieldWriter();
        Codec.WriteField(writer, 3, sent);
        var reader = new FieldReader(writer.WrittenSpan);
        Assert.True(reader.Next());
        return receiver.ReadField(ref reader);
    }
}
