namespace Actors.Engine.Serialization;

/// <summary>Bounds that keep hostile or broken bytes from costing much.</summary>
public static class CodecLimits
{
    /// <summary>How deep messages and collections may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many messages and elements one encoding may hold.</summary>
    public const int MaxItems = 1 << 20;

    /// <summary>How many bytes one encoding may have.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>The highest member id.</summary>
    public const uint MaxId = (1u << 29) - 1;
}
