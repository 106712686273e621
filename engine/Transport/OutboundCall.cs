using System.Diagnostics;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;
using Orleans.Runtime;

namespace Actors.Engine.Transport;

/// <summary>A call of this process on its way to another.</summary>
internal sealed class OutboundCall(GrainRequest request, GrainId target) : OutboundItem
{
    private const int MaxChain = 16;

    private readonly string? _traceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
    private Connection? _connection;
    private long _number;

    public GrainRequest Request => request;

    public GrainId Target => target;

    /// <summary>How often it was sent somewhere else than where it should have gone.</summary>
    public int Detours { get; set; }

    /// <summary>Nobody waits for the answer any more.</summary>
    public void Abandon()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            connection.Forget(Volatile.Read(ref _number));
        }
    }

    internal override void Encode(Connection connection, FieldWriter writer)
    {
        if (request.IsAbandoned)
        {
            return;
        }

        var start = writer.BeginFrame(FrameKind.Call);
        var left = connection.Host.TimeLeft(request);
        if (left > TimeSpan.Zero)
        {
            writer.WriteVarint(CallFields.Milliseconds, (ulong)left.TotalMilliseconds + 1);
        }

        connection.Routes.Write(writer, target.Type, request.Method);
        writer.WriteText(CallFields.Key, target.KeyText);
        writer.WriteVarint(CallFields.ViewVersion, (ulong)connection.Host.ViewVersion);
        WriteCircumstances(writer);
        var arguments = writer.Begin(CallFields.Arguments);
        request.EncodeArguments(writer);
        writer.End(arguments);
        if (!request.Method.OneWay)
        {
            // Last, so that nothing waits for an answer to a call that could not be written.
            _number = connection.Pending.Add(this);
            Volatile.Write(ref _connection, connection);
            writer.WriteVarint(CallFields.Number, (ulong)_number);
        }

        writer.EndFrame(start);
    }

    internal override void Fail(Exception error)
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            connection.Pending.Take(_number);
        }

        request.Refuse(error);
    }

    private void WriteCircumstances(FieldWriter writer)
    {
        if (request.CancellationToken.CanBeCanceled)
        {
            writer.WriteVarint(CallFields.Cancellable, 1);
        }

        if (_traceParent is not null)
        {
            writer.WriteText(CallFields.TraceParent, _traceParent);
        }

        var left = MaxChain;
        for (var caller = request.Caller; caller is not null && left > 0; caller = caller.Caller, left--)
        {
            var grain = caller is RemoteCaller remote ? remote.Grain : caller.Owner!.GrainId;
            var entry = writer.Begin(CallFields.Chain);
            GrainIdCodec.Instance.WriteField(writer, CallFields.ChainGrain, grain);
            writer.WriteVarint(CallFields.ChainKind, (ulong)caller.Kind);
            writer.End(entry);
        }
    }
}
