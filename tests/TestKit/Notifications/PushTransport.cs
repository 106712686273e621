namespace Actors.TestKit.Notifications;

/// <summary>What a push service of our own speaks.</summary>
public enum PushTransport
{
    /// <summary>HTTP/1.1 in clear text.</summary>
    Clear = 0,

    /// <summary>HTTP/2 in clear text, and nothing else.</summary>
    ClearHttp2 = 1,

    /// <summary>HTTP/2, or HTTP/1.1 where a client wants that, over TLS with a certificate that it signed itself.</summary>
    Tls = 2,
}
