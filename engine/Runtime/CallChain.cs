namespace Actors.Engine.Runtime;

/// <summary>Which call the running code belongs to, wherever its awaits resume.</summary>
internal static class CallChain
{
    private static readonly AsyncLocal<GrainCall?> _current = new();

    /// <summary>The running call; null outside calls, and for code that outlives its call.</summary>
    public static GrainCall? Current
    {
        get => _current.Value is { Stage: CallStage.Running } call ? call : null;
        set => _current.Value = value;
    }
}
