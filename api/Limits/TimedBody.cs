using System.Buffers;
using System.IO.Pipelines;

namespace Actors.Api.Limits;

/// <summary>
/// A request's body until a deadline. A read is ended by way of the reader: a cancelled token would leave the server's
/// own read under way.
/// </summary>
internal sealed class TimedBody : Stream
{
    private readonly PipeReader _reader;
    private readonly CancellationToken _deadline;
    private readonly HttpResponse _response;
    private readonly CancellationTokenRegistration _cut;
    private volatile bool _ended;

    public TimedBody(PipeReader reader, HttpResponse response, CancellationToken deadline)
    {
        _reader = reader;
        _deadline = deadline;
        _response = response;
        _cut = deadline.UnsafeRegister(static body => ((TimedBody)body!).Cut(), this);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await _reader.ReadAsync(cancellationToken);
        if (result.IsCanceled && _deadline.IsCancellationRequested)
        {
            _reader.AdvanceTo(result.Buffer.Start);
            Refuse();
        }

        var count = (int)Math.Min(result.Buffer.Length, buffer.Length);
        var part = result.Buffer.Slice(0, count);
        part.CopyTo(buffer.Span);
        _reader.AdvanceTo(part.End);
        _ended = result.IsCompleted && count == result.Buffer.Length;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cut.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Cut()
    {
        // a reader that has come to its end belongs to the connection's next request
        if (!_ended)
        {
            _reader.CancelPendingRead();
        }
    }

    private void Refuse()
    {
        if (!_response.HasStarted)
        {
            // nothing more can be read from this connection
            _response.Headers.Connection = "close";
        }

        throw new BadHttpRequestException("The body did not end in time.", StatusCodes.Status408RequestTimeout);
    }
}
