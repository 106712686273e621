using Actors.Engine.CodeGeneration;
using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.Transport;

/// <summary>A call of another process that is answered here.</summary>
#pragma warning disable CA1001 // the source has no timer and links to nothing: the collector is enough
internal sealed class InboundCall(Connection connection, long number, GrainId target, GrainRequest request, long deadline)
#pragma warning restore CA1001
{
    private readonly Connection _connection = connection;
    private readonly long _number = number;
    private CancellationTokenSource? _cancellation;
    private int _isOver;

    public GrainId Target => target;

    public GrainRequest Request => request;

    /// <summary>Whether it has ended, or nobody waits for it any more.</summary>
    public bool IsOver => Volatile.Read(ref _isOver) != 0 || _connection.Host.Now > deadline;

    /// <summary>Gives the request a token that ends when the caller's does.</summary>
    public void MakeCancellable() => request.CancellationToken = (_cancellation = new CancellationTokenSource()).Token;

    /// <summary>The caller does not wait any more.</summary>
    public void Abandon()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            _connection.Inbound.Remove(_number);
        }

        _cancellation?.Cancel();
    }

    public bool TryAnswer<TResult>(GrainRequest<TResult> answered, TResult result)
    {
        if (!TryEnd())
        {
            return false;
        }

        _connection.Send(new AnswerFrame<TResult>(this, answered, result));
        return true;
    }

    public bool TryFail(Exception error)
    {
        if (!TryEnd())
        {
            return false;
        }

        _connection.Send(new FailureFrame(this, error));
        return true;
    }

    /// <summary>Tells the caller that the body has not begun, and will not here.</summary>
    public bool TryRefuse(RefusalReason reason, string text)
    {
        if (!TryEnd())
        {
            return false;
        }

        _connection.Send(new RefusalFrame(this, reason, text));
        return true;
    }

    private bool TryEnd()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
        {
            return false;
        }

        _connection.Inbound.Remove(_number);
        return true;
    }

    private abstract class Frame(InboundCall call) : OutboundItem
    {
        protected InboundCall Call => call;

        internal override void Fail(Exception error) => call._connection.Send(new FailureFrame(call, error));

        protected int Begin(FieldWriter writer, FrameKind kind)
        {
            var start = writer.BeginFrame(kind);
            writer.WriteVarint(AnswerFields.Number, (ulong)call._number);
            return start;
        }
    }

    private sealed class AnswerFrame<TResult>(InboundCall call, GrainRequest<TResult> answered, TResult result) : Frame(call)
    {
        internal override void Encode(Connection connection, FieldWriter writer)
        {
            var start = Begin(writer, FrameKind.Answer);
            var field = writer.Begin(AnswerFields.Result);
            answered.EncodeResult(writer, result);
            writer.End(field);
            writer.EndFrame(start);
        }
    }

    private sealed class FailureFrame(InboundCall call, Exception error) : Frame(call)
    {
        internal override void Encode(Connection connection, FieldWriter writer)
        {
            var start = Begin(writer, FrameKind.Failure);
            connection.Host.Exceptions.WriteField(writer, AnswerFields.Error, error);
            writer.EndFrame(start);
        }

        // Told by its type alone then, once.
        internal override void Fail(Exception second)
        {
            if (error is not OrleansException { InnerException: null })
            {
                base.Fail(new OrleansException($"{Call.Request} failed with {error.GetType().Name}, which cannot be sent."));
            }
        }
    }

    private sealed class RefusalFrame(InboundCall call, RefusalReason reason, string text) : Frame(call)
    {
        internal override void Encode(Connection connection, FieldWriter writer)
        {
            var start = Begin(writer, FrameKind.Refusal);
            writer.WriteVarint(AnswerFields.Reason, (ulong)reason);
            writer.WriteVarint(AnswerFields.ViewVersion, (ulong)connection.Host.ViewVersion);
            writer.WriteText(AnswerFields.Text, text);
            writer.EndFrame(start);
        }
    }
}
