namespace Actors.Api.Notifications.Devices;

/// <summary>What browser it is, for its user: the user agent's own words are for nobody.</summary>
internal static class BrowserLabel
{
    // who claims to be several is the first of these
    private static readonly (string Mark, string Name)[] s_browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] s_systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Such as <c>Firefox, Linux</c>.</summary>
    public static string Of(string userAgent)
    {
        var names = new[] { Find(s_browsers, userAgent), Find(s_systems, userAgent) }.OfType<string>();
        return string.Join(", ", names) is { Length: > 0 } label ? label : "?";
    }

    private static string? Find((string Mark, string Name)[] known, string userAgent) =>
        Array.Find(known, item => userAgent.Contains(item.Mark, StringComparison.Ordinal)).Name;
}
