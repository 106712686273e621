using System.Globalization;

namespace Actors.Tallying;

/// <summary>A uuid as logs show it: its first 8 digits, enough to find it; whoever has all of it may use it.</summary>
internal readonly record struct Masked(Guid Uuid)
{
    public override string ToString() => string.Concat(Uuid.ToString("N", CultureInfo.InvariantCulture).AsSpan(0, 8), "…");
}
