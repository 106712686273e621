using Actors.Api.Settings;

namespace Actors.Api.Hosting;

/// <summary>The address by which the world reaches this server, without a slash at its end.</summary>
internal sealed class PublicAddress(PublicOptions options)
{
    /// <summary>The setting's, or else the one by which this request came.</summary>
    public string Of(HttpRequest request) =>
        options.Url?.GetLeftPart(UriPartial.Authority) ?? $"{Scheme(request)}://{request.Host.ToUriComponent()}";

    /// <summary>A proxy may hand on any scheme that a visitor made up.</summary>
    private static string Scheme(HttpRequest request) => request.IsHttps ? "https" : "http";
}
