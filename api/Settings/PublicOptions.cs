using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>How the world reaches this server.</summary>
internal sealed class PublicOptions : ISettings
{
    /// <inheritdoc/>
    public static string Section => "Public";

    /// <summary>The address in every link, mail and QR code. Default: the request's own.</summary>
    public Uri? Url { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Url is not null && (Url.Query.Length > 0 || Url.Fragment.Length > 0 || Url.UserInfo.Length > 0 || Url.AbsolutePath != "/"))
        {
            yield return "Public:Url must be a scheme and a host only, such as https://actors.example.org.";
        }
    }
}
