using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.Transport;

/// <summary>
/// A connection to another process after the handshake: calls of both ends, each answered out of order. Calls beyond
/// what may be under way wait here, answers never wait behind them.
/// </summary>
internal sealed partial class Connection : IDisposable
{
    private const int BatchBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private readonly FrameBuffer _buffer;
    private readonly TransportOptions _options;
    private readonly FieldWriter _writer = new(BatchBytes);
    private OutboundQueue _urgent;
    private OutboundQueue _calls;
    private bool _isWriting;
    private bool _isClosed;

    public Connection(Stream stream, FrameBuffer buffer, ProcessIdentity peer, bool isDialed, IConnectionHost host, TransportOptions options)
    {
        _stream = stream;
        _buffer = buffer;
        _options = options;
        Peer = peer;
        IsDialed = isDialed;
        Host = host;
        InboundRoutes = new InboundRoutes(host.Types);
        _heard = host.Now;
    }

    /// <summary>Who is at the other end.</summary>
    public ProcessIdentity Peer { get; }

    /// <summary>Whether this end dialed.</summary>
    public bool IsDialed { get; }

    public IConnectionHost Host { get; }

    /// <summary>Calls that were written here and not answered.</summary>
    public PendingCalls Pending { get; } = new();

    /// <summary>Calls of the other end that are not answered.</summary>
    public InboundCalls Inbound { get; } = new();

    public OutboundRoutes Routes { get; } = new();

    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Whether the other end takes no more calls here.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>For how many ticks of the clock nothing needed it.</summary>
    public int SpareTicks { get; set; }

    /// <summary>Whether nothing is under way in either direction.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return !_isWriting && _urgent.IsEmpty && _calls.IsEmpty && Pending.Count == 0 && Inbound.Count == 0;
            }
        }
    }

    /// <summary>Whether every call of the other end is answered, and the answers written.</summary>
    public bool IsAnswered
    {
        get
        {
            lock (_lock)
            {
                return _isClosed || (!_isWriting && _urgent.IsEmpty && Inbound.Count == 0);
            }
        }
    }

    private InboundRoutes InboundRoutes { get; }

    /// <summary>Starts to listen to the other end.</summary>
    public void Start() => _ = ReadAsync();

    /// <summary>Writes something soon; dropped when the connection has ended.</summary>
    public void Send(OutboundItem item)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _urgent.Add(item);
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        StartWriting();
    }

    /// <summary>Takes a call to write in its turn; false when the connection has ended.</summary>
    public bool TrySend(OutboundCall call)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            if (_calls.Count < _options.MaxCallsWaiting)
            {
                _calls.Add(call);
                if (_isWriting || !HasRoom)
                {
                    return true;
                }

                _isWriting = true;
            }
            else
            {
                call.Request.Refuse(new OrleansMessageRejectionException($"{call.Request} was not sent: {_calls.Count} calls wait for {Peer} already."));
                return true;
            }
        }

        StartWriting();
        return true;
    }

    /// <summary>Nobody waits for the answer to a call any more.</summary>
    public void Forget(long number)
    {
        if (Pending.Take(number) is not null)
        {
            Send(new CancelFrame(number));
            WriteMore();
        }
    }

    /// <summary>Ends the connection. Calls that were written have an unknown outcome; the host gets the others back.</summary>
    public void Close(Exception? reason)
    {
        var unwritten = new List<OutboundCall>();
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            while (_calls.Take() is OutboundCall call)
            {
                unwritten.Add(call);
            }

            _urgent = default;
        }

        _stream.Dispose();
        foreach (var call in Pending.Close())
        {
            call.Request.TryFail(new SiloUnavailableException(
                $"The connection to {Peer} ended before {call.Request} was answered: whether it had an effect is unknown."));
        }

        foreach (var call in Inbound.Close())
        {
            call.Abandon();
        }

        Host.Ended(this, reason, unwritten);
    }

    public void Dispose() => Close(null);

    private bool HasRoom => Pending.Count < _options.MaxCallsUnderWay;

    private void WriteMore()
    {
        lock (_lock)
        {
            if (_isClosed || _isWriting || _calls.IsEmpty || !HasRoom)
            {
                return;
            }

            _isWriting = true;
        }

        StartWriting();
    }

    private void StartWriting() => ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.WriteAsync(), this, preferLocal: false);

    private async Task WriteAsync()
    {
        try
        {
            while (EncodeBatch())
            {
                await _stream.WriteAsync(_writer.WrittenMemory);
                _writer.Reset();
            }
        }
        catch (Exception error)
        {
            Close(error);
        }
    }

    private bool EncodeBatch()
    {
        while (_writer.WrittenCount < BatchBytes)
        {
            OutboundItem? item;
            lock (_lock)
            {
                item = _urgent.Take() ?? (HasRoom ? _calls.Take() : null);
                if (item is null)
                {
                    return _isWriting = _writer.WrittenCount > 0;
                }
            }

            Encode(item);
        }

        return true;
    }

    private void Encode(OutboundItem item)
    {
        var start = _writer.WrittenCount;
        try
        {
            item.Encode(this, _writer);
            if (_writer.WrittenCount - start > _options.MaxFrame)
            {
                throw new CodecException($"The message has {_writer.WrittenCount - start} bytes; {_options.MaxFrame} are allowed.");
            }

            Routes.Settle(isSent: true);
        }
        catch (Exception error)
        {
            _writer.Truncate(start);
            Routes.Settle(isSent: false);
            item.Fail(error);
        }
    }
}
