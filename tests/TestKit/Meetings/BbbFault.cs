namespace Actors.TestKit.Meetings;

/// <summary>What is wrong with a server.</summary>
public enum BbbFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It takes the call and never answers.</summary>
    Silent,

    /// <summary>A proxy before it answers with a page.</summary>
    Html,

    /// <summary>It answers with what is no XML.</summary>
    Garbage,

    /// <summary>It answers with nothing.</summary>
    Empty,

    /// <summary>It answers with the status 500.</summary>
    Status500,

    /// <summary>It closes the connection.</summary>
    Abort,

    /// <summary>An answer that does not end.</summary>
    Endless,
}
