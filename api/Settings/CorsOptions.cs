using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>Other sites whose pages may call this server.</summary>
internal sealed class CorsOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "Cors";

    /// <summary>Their origins, such as https://portal.example.org. Default: none.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<string> Refusals() => Origins
        .Where(text => !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || !string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase))
        .Select(text => $"Cors:Origins has '{text}', but an origin is a scheme, a host and perhaps a port, without a slash at its end, such as https://portal.example.org.");
}
