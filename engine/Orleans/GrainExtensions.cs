using Orleans.Runtime;

namespace Orleans;

/// <summary>What grains and references tell of themselves.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the grain itself, or to what the reference names, by this interface.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        grain switch
        {
            TGrainInterface same and GrainReference => same,
            GrainReference reference => (TGrainInterface)(object)reference.As(typeof(TGrainInterface)),
            IGrainBase itself => (TGrainInterface)(object)itself.GrainContext.GrainReference.As(typeof(TGrainInterface)),
            _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference.", nameof(grain)),
        };

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>The identity.</summary>
    public static GrainId GetGrainId(this IAddressable grain) =>
        grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase itself => itself.GrainContext.GrainId,
            _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference.", nameof(grain)),
        };

    /// <summary>The key.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().KeyText;
}
