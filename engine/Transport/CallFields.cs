namespace Actors.Engine.Transport;

/// <summary>The fields of a call's frame. The numbers are the wire's: never reuse one.</summary>
internal static class CallFields
{
    public const uint Number = 1;
    public const uint Route = 2;
    public const uint NewRoute = 3;
    public const uint Key = 4;
    public const uint Milliseconds = 5;
    public const uint ViewVersion = 6;
    public const uint Cancellable = 7;
    public const uint Chain = 8;
    public const uint TraceParent = 9;
    public const uint Arguments = 10;

    public const uint RouteGrainType = 1;
    public const uint RouteInterface = 2;
    public const uint RouteMethod = 3;

    public const uint ChainGrain = 1;
    public const uint ChainKind = 2;
}

/// <summary>The fields of an answer's, failure's and refusal's frame.</summary>
internal static class AnswerFields
{
    public const uint Number = 1;
    public const uint Result = 2;
    public const uint Error = 3;
    public const uint Reason = 4;
    public const uint ViewVersion = 5;
    public const uint Text = 6;
}

/// <summary>Why a call was not begun. The numbers are the wire's.</summary>
internal enum RefusalReason : byte
{
    /// <summary>The grain belongs elsewhere, or is about to: ask again by the view of this version.</summary>
    NotMine = 1,

    /// <summary>The silo cannot prove its membership: the caller may try again.</summary>
    Parked = 2,

    /// <summary>The silo does not know the grain type or method: another version of the program may.</summary>
    Unknown = 3,
}
