using Microsoft.Net.Http.Headers;

namespace Actors.Api.Pages;

/// <summary>The languages of the pages.</summary>
internal static class Languages
{
    private const string Default = "fr";
    private static readonly string[] Known = ["fr", "en"];

    /// <summary>The first of the visitor's languages that we speak; French for the others, as those who ask for none are served too.</summary>
    public static string Choose(string? acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList([acceptLanguage ?? ""], out var wanted))
        {
            return Default;
        }

        return wanted
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => Known.Contains(language, StringComparer.Ordinal)) ?? Default;
    }
}
