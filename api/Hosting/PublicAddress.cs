using Actors.Api.Settings;

namespace Actors.Api.Hosting;

/// <summary>The address by which the world reaches this server, without a slash at its end.</summary>
internal sealed class PublicAddress(PublicOptions options)
{
    /// <summary>The setting's, or else the one by which this request came.</summary>
    public string Of(HttpRequest request) =>
        options.Url?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host.ToUriComponent()}";
}
