namespace Actors.Engine.Serialization;

/// <summary>Bytes that are not a valid encoding, or a value that cannot be encoded.</summary>
public sealed class CodecException : Exception
{
    public CodecException()
    {
    }

    public CodecException(string message)
        : base(message)
    {
    }

    public CodecException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
