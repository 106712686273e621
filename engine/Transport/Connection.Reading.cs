using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.Transport;

internal sealed partial class Connection
{
    private long _heard;
    private long _pinged;
    private long _settledVersion;

    /// <summary>When something was heard last, by the engine's clock.</summary>
    public long Heard => Volatile.Read(ref _heard);

    /// <summary>Up to which view nothing is left at the other end that belongs elsewhere.</summary>
    public long SettledVersion => Volatile.Read(ref _settledVersion);

    /// <summary>Counts silence from now on, after this process itself stood still.</summary>
    public void Forgive() => Volatile.Write(ref _heard, Host.Now);

    /// <summary>Asks for a sign of life when there was none for a while.</summary>
    public void Ping(long after)
    {
        var now = Host.Now;
        if (now - Heard >= after && now - _pinged >= after)
        {
            _pinged = now;
            Send(new SignalFrame(FrameKind.Ping));
        }
    }

    /// <summary>Tells the other end to send no more calls here.</summary>
    public void SayGoodbye() => Send(new SignalFrame(FrameKind.Goodbye));

    private async Task ReadAsync()
    {
        try
        {
            // What came along with the end of the handshake.
            HandleFrames();
            int count;
            while ((count = await _stream.ReadAsync(_buffer.Free)) > 0)
            {
                Volatile.Write(ref _heard, Host.Now);
                _buffer.Advance(count);
                HandleFrames();
            }

            Close(null);
        }
        catch (CodecException error)
        {
            Close(new ProtocolException("A frame cannot be read.", error));
        }
        catch (Exception error)
        {
            Close(error);
        }
        finally
        {
            _buffer.Dispose();
        }
    }

    private void HandleFrames()
    {
        while (_buffer.TryTake(out var kind, out var payload))
        {
            var reader = new FieldReader(payload, Host.References);
            switch (kind)
            {
                case FrameKind.Call:
                    HandleCall(ref reader);
                    break;
                case FrameKind.Answer or FrameKind.Failure or FrameKind.Refusal:
                    HandleAnswer(kind, ref reader);
                    break;
                case FrameKind.Cancel:
                    HandleCancel(ref reader);
                    break;
                case FrameKind.Ping or FrameKind.Pong or FrameKind.Goodbye:
                    HandleSignal(kind, ref reader);
                    break;
                default:
                    throw new ProtocolException($"A frame of kind {kind} after the handshake.");
            }
        }
    }

    private void HandleSignal(FrameKind kind, ref FieldReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Id)
            {
                case SignalFrame.ViewVersionId:
                    Host.HeardOfView((long)reader.ReadVarint(long.MaxValue));
                    break;
                case SignalFrame.SettledVersionId:
                    HandleSettling((long)reader.ReadVarint(long.MaxValue));
                    break;
            }
        }

        switch (kind)
        {
            case FrameKind.Ping:
                Send(new SignalFrame(FrameKind.Pong));
                break;
            case FrameKind.Goodbye:
                IsLeaving = true;
                break;
        }
    }

    private void HandleSettling(long version)
    {
        if (version > SettledVersion)
        {
            Volatile.Write(ref _settledVersion, version);
            Host.HeardOfSettling();
        }
    }

    private void HandleCancel(ref FieldReader reader)
    {
        while (reader.Next())
        {
            if (reader.Id == CancelFrame.NumberId)
            {
                Inbound.Find((long)reader.ReadVarint(long.MaxValue))?.Abandon();
            }
        }
    }

    private void HandleAnswer(FrameKind kind, ref FieldReader reader)
    {
        OutboundCall? call = null;
        var (reason, version, text) = (RefusalReason.NotMine, 0L, "");
        Exception? error = null;
        while (reader.Next())
        {
            switch (reader.Id)
            {
                case AnswerFields.Number:
                    call = Pending.Take((long)reader.ReadVarint(long.MaxValue));
                    break;
                case AnswerFields.Result when kind == FrameKind.Answer && call is not null:
                    Succeed(call, ref reader);
                    break;
                case AnswerFields.Error:
                    error = Host.Exceptions.ReadField(ref reader);
                    break;
                case AnswerFields.Reason:
                    reason = (RefusalReason)reader.ReadVarint(byte.MaxValue);
                    break;
                case AnswerFields.ViewVersion:
                    version = (long)reader.ReadVarint(long.MaxValue);
                    break;
                case AnswerFields.Text:
                    text = reader.ReadText();
                    break;
            }
        }

        switch (kind)
        {
            case FrameKind.Failure:
                call?.Request.TryFail(error ?? new OrleansException($"{call.Request} failed at {Peer}."));
                break;
            case FrameKind.Refusal when call is not null:
                Host.Refused(call, reason, version, text);
                break;
        }

        WriteMore();
    }

    private static void Succeed(OutboundCall call, ref FieldReader reader)
    {
        var nested = reader.Enter();
        try
        {
            call.Request.Succeed(ref nested);
        }
        catch (Exception error)
        {
            // A result that cannot be read concerns this call alone: its frame was whole.
            call.Request.TryFail(new OrleansException($"The result of {call.Request} cannot be read here.", error));
        }

        reader.Leave(nested);
    }
}
