using Actors.Engine.Serialization;

namespace Actors.Engine.Transport;

/// <summary>Something that waits to be written to a connection; also the link of the queue that it waits in.</summary>
internal abstract class OutboundItem
{
    internal OutboundItem? Next;

    /// <summary>Writes its frame, or nothing. Runs on the connection's writing loop, one item at a time.</summary>
    /// <exception cref="CodecException">It cannot be written; what it wrote is taken back.</exception>
    internal abstract void Encode(Connection connection, FieldWriter writer);

    /// <summary>It could not be encoded.</summary>
    internal abstract void Fail(Exception error);
}

/// <summary>A frame that says nothing but its kind, the version of the view, and how far the process has followed it.</summary>
internal sealed class SignalFrame(FrameKind kind) : OutboundItem
{
    internal const uint ViewVersionId = 1;
    internal const uint SettledVersionId = 2;

    internal override void Encode(Connection connection, FieldWriter writer)
    {
        var start = writer.BeginFrame(kind);
        writer.WriteVarint(ViewVersionId, (ulong)connection.Host.ViewVersion);
        writer.WriteVarint(SettledVersionId, (ulong)connection.Host.SettledVersion);
        writer.EndFrame(start);
    }

    internal override void Fail(Exception error)
    {
        // Nobody waits for it.
    }
}

/// <summary>Tells the other end that nobody waits for a call any more.</summary>
internal sealed class CancelFrame(long number) : OutboundItem
{
    internal const uint NumberId = 1;

    internal override void Encode(Connection connection, FieldWriter writer)
    {
        var start = writer.BeginFrame(FrameKind.Cancel);
        writer.WriteVarint(NumberId, (ulong)number);
        writer.EndFrame(start);
    }

    internal override void Fail(Exception error)
    {
        // The call ends by its own deadline.
    }
}
