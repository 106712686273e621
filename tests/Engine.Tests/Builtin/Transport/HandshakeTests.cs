using System.IO.Pipelines;
using Actors.Engine.Cluster;
using Actors.Engine.Transport;

namespace Actors.Engine.Tests.Builtin.Transport;

public sealed class HandshakeTests
{
    private static readonly ProcessIdentity Silo = new(Guid.NewGuid(), new ClusterMember("s1", -5, "127.0.0.1:11111"));
    private static readonly ProcessIdentity Client = new(Guid.NewGuid(), null);

    [Fact]
    public async Task Shake_SameSecret_EachLearnsWhoTheOtherIs()
    {
        var (dialed, listened) = await ShakeAsync(Shaker(Client), Shaker(Silo));

        Assert.Equal(Silo, await dialed);
        Assert.Equal(Client, await listened);
    }

    [Theory]
    [InlineData("another secret!!", "actors")]
    [InlineData("sixteen letters!", "others")]
    public async Task Shake_AnotherSecretOrCluster_BothRefuse(string secret, string cluster)
    {
        var (dialed, listened) = await ShakeAsync(Shaker(Client), Shaker(Silo, secret, cluster));

        await Assert.ThrowsAsync<ProtocolException>(() => dialed);
        await Assert.ThrowsAsync<ProtocolException>(() => listened);
    }

    [Fact]
    public async Task Listen_ProofOfAnotherConversation_IsRefused()
    {
        // Who recorded a handshake and plays it again meets another random number.
        var (recorded, listened) = Streams();
        using var dialBuffer = new FrameBuffer(Handshake.MaxFrame);
        using var listenBuffer = new FrameBuffer(Handshake.MaxFrame);
        var recorder = new RecordingStream(recorded);
        var first = Shaker(Silo).ListenAsync(listened, listenBuffer, Stop);
        await Shaker(Client).DialAsync(recorder, dialBuffer, Stop);
        await first;

        var (replay, second) = Streams();
        using var secondBuffer = new FrameBuffer(Handshake.MaxFrame);
        var again = Shaker(Silo).ListenAsync(second, secondBuffer, Stop);
        await replay.WriteAsync(recorder.Written, Stop);

        await Assert.ThrowsAsync<ProtocolException>(() => again);
    }

    [Fact]
    public async Task Listen_RandomBytes_AreRefusedWithoutAnAnswer()
    {
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            var (stranger, listened) = Streams();
            using var buffer = new FrameBuffer(Handshake.MaxFrame);
            var bytes = new byte[random.Next(5, 2000)];
            random.NextBytes(bytes);
            await stranger.WriteAsync(bytes, Stop);
            await stranger.EndAsync();

            await Assert.ThrowsAsync<ProtocolException>(() => Shaker(Silo).ListenAsync(listened, buffer, Stop));
            await listened.EndAsync();
            Assert.Equal(0, await stranger.ReadAsync(new byte[1], Stop));
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Handshake Shaker(ProcessIdentity self, string secret = "sixteen letters!", string cluster = "actors") => new(cluster, secret, self);

    private static async Task<(Task<ProcessIdentity> Dialed, Task<ProcessIdentity> Listened)> ShakeAsync(Handshake dialer, Handshake listener)
    {
        var (near, far) = Streams();
        var dialed = RunAsync(near, buffer => dialer.DialAsync(near, buffer, Stop));
        var listened = RunAsync(far, buffer => listener.ListenAsync(far, buffer, Stop));
        await Task.WhenAll(dialed.ContinueWith(_ => { }, TaskScheduler.Default), listened.ContinueWith(_ => { }, TaskScheduler.Default));
        return (dialed, listened);
    }

    // Who fails closes his end, as the connection would.
    private static async Task<ProcessIdentity> RunAsync(PairStream end, Func<FrameBuffer, Task<ProcessIdentity>> shake)
    {
        using var buffer = new FrameBuffer(Handshake.MaxFrame);
        try
        {
            return await shake(buffer);
        }
        finally
        {
            await end.EndAsync();
        }
    }

    private static (PairStream Near, PairStream Far) Streams()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (new PairStream(back.Reader, there.Writer), new PairStream(there.Reader, back.Writer));
    }

    /// <summary>One end of two pipes.</summary>
    private sealed class PairStream(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream _in = reader.AsStream();
        private readonly Stream _out = writer.AsStream();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public ValueTask EndAsync() => writer.CompleteAsync();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _in.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _out.WriteAsync(buffer, cancellationToken);

        public override void Flush() => _out.Flush();

        public override int Read(byte[] buffer, int offset, int count) => _in.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _out.Write(buffer, offset, count);
    }

    private sealed class RecordingStream(Stream inner) : Stream
    {
        private readonly MemoryStream _written = new();

        public byte[] Written => _written.ToArray();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _written.Write(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
