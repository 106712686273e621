namespace Actors.Engine.Transport;

/// <summary>What a frame says. The numbers are the wire's: never reuse one.</summary>
internal enum FrameKind : byte
{
    /// <summary>Calls a method.</summary>
    Call = 1,

    /// <summary>The result of a call.</summary>
    Answer = 2,

    /// <summary>What a call threw.</summary>
    Failure = 3,

    /// <summary>A call was not begun, and why.</summary>
    Refusal = 4,

    /// <summary>Nobody waits for a call any more.</summary>
    Cancel = 5,

    /// <summary>Wants any frame back, and tells the view's version.</summary>
    Ping = 6,

    /// <summary>Answers a ping.</summary>
    Pong = 7,

    /// <summary>The sender is about to end and takes no more calls here.</summary>
    Goodbye = 8,

    /// <summary>The dialing side introduces itself.</summary>
    Hello = 16,

    /// <summary>The listening side introduces itself, and asks for proof.</summary>
    Challenge = 17,

    /// <summary>The dialing side proves that it knows the secret.</summary>
    Proof = 18,

    /// <summary>The listening side proves it too.</summary>
    Welcome = 19,
}
