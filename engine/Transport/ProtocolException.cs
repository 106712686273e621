namespace Actors.Engine.Transport;

/// <summary>The other end does not speak this protocol, or must not; the connection is closed.</summary>
internal sealed class ProtocolException : Exception
{
    public ProtocolException()
        : base("The other end broke the protocol.")
    {
    }

    public ProtocolException(string message)
        : base(message)
    {
    }

    public ProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
