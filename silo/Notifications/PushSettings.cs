using System.ComponentModel.DataAnnotations;
using Actors.Notifications;
using Actors.Silo.Settings;

namespace Actors.Silo.Notifications;

/// <summary>The settings of notifications, checked by their names and types with all others.</summary>
public sealed class PushSettings : PushOptions, ISettings
{
    /// <inheritdoc/>
    static string ISettings.Section => Section;

    /// <summary>Whom push services write to when something is wrong with what we send: mailto:… or https:… (RFC 8292, section 2.1). Apple refuses everything without one that is reachable.</summary>
    public string? Subject { get; set; }

    /// <summary>The public key by which push services know us: 65 bytes as base64url. Made and kept at the first start when absent.</summary>
    public string? PublicKey { get; set; }

    /// <summary>The private key that belongs to it: 32 bytes as base64url.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>Whether endpoints may be http and on private addresses: for tests and demos. Default: false.</summary>
    public bool AllowPrivateEndpoints { get; set; }

    /// <summary>Whether http endpoints speak HTTP/2, which is then not asked but presumed: for push services of tests and benchmarks. Default: false.</summary>
    public bool Http2Cleartext { get; set; }

    /// <summary>Whether there are simulated devices for those who try. Default: while this process is alone.</summary>
    public bool? Demo { get; set; }

    /// <summary>Only endpoints on these hosts, and on hosts below them, such as <c>push.apple.com</c>. Default: any public host.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>How long a token that a portal makes for a user is good. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan UserTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Subject is not null && !IsSubject(Subject))
        {
            yield return "Push:Subject must be a mailto: or https: address, such as mailto:it@example.org.";
        }

        if (PublicKey is null != PrivateKey is null)
        {
            yield return "Push:PublicKey and Push:PrivateKey belong together: give both or none (api -- vapid makes a pair).";
        }
        else if (PublicKey is not null && !VapidKeyPair.TryParse(PublicKey, PrivateKey!, out _, out var wrong))
        {
            yield return wrong;
        }
    }

    private static bool IsSubject(string subject) =>
        Uri.TryCreate(subject, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeMailto || uri.Scheme == Uri.UriSchemeHttps);
}
