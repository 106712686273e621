using System.Diagnostics.CodeAnalysis;
using System.Net;
using Actors.Notifications;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Notifications;

/// <inheritdoc cref="IPushEndpointRules"/>
internal sealed class PushEndpointRules(IOptions<PushSettings> settings) : IPushEndpointRules
{
    private const int MaxLength = 2_048;
    private const string Localhost = "localhost";
    private readonly PushSettings _settings = settings.Value;

    /// <inheritdoc/>
    public bool IsAllowed(string endpoint, [NotNullWhen(true)] out Uri? uri, [NotNullWhen(false)] out string? reason)
    {
        reason = endpoint.Length > MaxLength ? "The endpoint is longer than 2,048 characters."
            : !Uri.TryCreate(endpoint, UriKind.Absolute, out uri) || !IsWeb(uri) ? "The endpoint is no https: address."
            : uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 ? "The endpoint has a user or a fragment, which no push service gives."
            : !_settings.AllowPrivateEndpoints && IPAddress.TryParse(uri.IdnHost, out var address) && !PublicAddresses.Include(address) ? "The endpoint is not on the public internet."
            : !_settings.AllowPrivateEndpoints && IsLocal(uri) ? "The endpoint is not on the public internet."
            : !IsKnown(uri.IdnHost) ? "The endpoint's host is not among those of the setting Push:AllowedHosts."
            : null;
        uri = reason is null ? new Uri(endpoint) : null;
        return reason is null;
    }

    private bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || _settings.AllowPrivateEndpoints && uri.Scheme == Uri.UriSchemeHttp;

    // a name may end with a point, and all below localhost is this machine (RFC 6761, section 6.3)
    private static bool IsLocal(Uri uri) =>
        uri.IsLoopback || uri.IdnHost.TrimEnd('.') is var host && (host.Equals(Localhost, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + Localhost, StringComparison.OrdinalIgnoreCase));

    private bool IsKnown(string host) =>
        _settings.AllowedHosts.Count == 0
        || _settings.AllowedHosts.Any(allowed => host.Equals(allowed, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + allowed, StringComparison.OrdinalIgnoreCase));
}
