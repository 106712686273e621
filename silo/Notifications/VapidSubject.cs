namespace Actors.Silo.Notifications;

/// <summary>Whom push services write to (RFC 8292, section 2.1).</summary>
internal static class VapidSubject
{
    /// <summary>Of those who give none. It is no address: Apple refuses it, the others do not look.</summary>
    public const string None = "mailto:nobody@actors.invalid";

    // never found from outside (RFC 2606, RFC 6761, RFC 6762, RFC 9476)
    private static readonly string[] s_inside = ["localhost", "invalid", "test", "example", "local", "internal", "alt", "lan", "localdomain", "home.arpa"];

    /// <summary>Whether somebody outside can reach it, as far as the text tells.</summary>
    public static bool LooksReachable(string? subject)
    {
        if (!Uri.TryCreate(subject, UriKind.Absolute, out var uri) || (uri.Scheme == Uri.UriSchemeMailto && uri.UserInfo.Length == 0))
        {
            return false;
        }

        var host = uri.IdnHost.TrimEnd('.');
        return uri.HostNameType is UriHostNameType.Dns && host.Contains('.', StringComparison.Ordinal)
            && !s_inside.Any(name => host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase));
    }
}
