namespace Orleans.Runtime;

/// <summary>Base of what the engine itself throws at callers.</summary>
public class OrleansException : Exception
{
    public OrleansException()
    {
    }

    public OrleansException(string message)
        : base(message)
    {
    }

    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A call was refused before its body began.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    public OrleansMessageRejectionException()
    {
    }

    public OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    public OrleansMessageRejectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The process that held the grain is gone or going: whether the call had an effect is unknown.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException()
        : base("The process that holds the grain is not available.")
    {
    }

    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The observer that was called is gone.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    public ClientNotAvailableException()
        : base("The observer is not available.")
    {
    }

    public ClientNotAvailableException(string message)
        : base(message)
    {
    }

    public ClientNotAvailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
