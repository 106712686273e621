namespace Actors.Api.Printing.Terminals;

/// <summary>
/// A websocket's transport that tells when the other end was heard, and can ask it. The library answers and swallows
/// pings by itself; whether a terminal lives is known from the bytes that come after one was sent (RFC 6455, 5.5.2).
/// </summary>
internal sealed class HeardStream(Stream inner, TimeProvider time) : Stream
{
    // an unmasked ping without content, as servers send it
    private static readonly byte[] s_ping = [0x89, 0x00];

    private readonly SemaphoreSlim _writing = new(1);
    private TaskCompletionSource _heard = New();
    private long _heardAt = time.GetTimestamp();

    /// <summary>How long nothing was heard.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Asks the other end for a sign of life.</summary>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(s_ping, cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Asks, and ends when the other end has answered. What was sent before has reached it then.</summary>
    public async Task AnswersAsync(CancellationToken cancellationToken)
    {
        var heard = Volatile.Read(ref _heard).Task;
        await PingAsync(cancellationToken);
        await heard.WaitAsync(cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        if (count > 0)
        {
            Volatile.Write(ref _heardAt, time.GetTimestamp());
            Interlocked.Exchange(ref _heard, New()).TrySetResult();
        }

        return count;
    }

    /// <summary>One frame at a time: the library writes each at once.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
