using Orleans.Runtime;

namespace Orleans;

/// <summary>What grains and references say of themselves.</summary>
public static class GrainExtensions
{
    /// <summary>The identity of a grain, or the one that a reference names.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        IGrainBase activation => activation.GrainContext.GrainId,
        GrainReference reference => reference.GrainId,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference.", nameof(grain)),
    };

    /// <summary>The key of a grain, or the one that a reference names.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().KeyText;
}
