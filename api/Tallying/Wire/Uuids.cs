using System.Globalization;

namespace Actors.Api.Tallying.Wire;

/// <summary>Uuids as clients write them: with dashes or without; we write them with.</summary>
internal static class Uuids
{
    public static bool TryParse(string? text, out Guid uuid)
    {
        uuid = default;
        return text is { Length: 36 or 32 }
            && Guid.TryParseExact(text, text.Length == 36 ? "D" : "N", out uuid)
            && uuid != Guid.Empty;
    }

    public static string Format(Guid uuid) => uuid.ToString("D", CultureInfo.InvariantCulture);
}
