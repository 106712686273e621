namespace Actors.Silo.Mail;

/// <summary>The conversation with the mail server cannot go on; the mail itself is not to blame.</summary>
internal sealed class SmtpException : IOException
{
    public SmtpException(string message)
        : base(message)
    {
    }

    public SmtpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public SmtpException()
    {
    }
}
