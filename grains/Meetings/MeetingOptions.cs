using System.ComponentModel.DataAnnotations;

namespace Actors.Meetings;

/// <summary>The BigBlueButton servers and how meetings behave.</summary>
public class MeetingOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Bbb";

    /// <summary>The servers by their names. A name that is in no pool is a slug of its own.</summary>
    public IReadOnlyDictionary<string, BbbServerOptions> Servers { get; set; } = new Dictionary<string, BbbServerOptions>(StringComparer.Ordinal);

    /// <summary>Several servers behind one slug, by their names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Pools { get; set; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The longest wait for one answer of a server. Default: 00:00:04.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:00:30", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long one request tries to reach a server before it is told to come again. Default: 00:00:09.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:01:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(9);

    /// <summary>How often a server is asked for its meetings while somebody looks or talks. Default: 00:00:03.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often it is asked otherwise. Default: 00:00:30.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "01:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan IdlePollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server of a pool may be silent before its meetings move to another one. Default: 00:00:02.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan MoveAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a meeting is kept after it was made or last used. Default: 365 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Personal links of one meeting at most; revoked ones make room. Default: 200.</summary>
    [Range(0, 2_000, ErrorMessage = "{0} must be {1} to {2}")]
    public int MaxLinks { get; set; } = 200;

    /// <summary>How long before a meeting the users of personal links are reminded by a notification; 00:00:00 for never. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan RemindBefore { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>In whose time invitations by mail say when a meeting is: an IANA name. Default: Europe/Paris.</summary>
    public string TimeZone { get; set; } = "Europe/Paris";

    /// <summary>The names of the servers behind a slug; none when it is unknown.</summary>
    public IReadOnlyList<string> ServersOf(string slug) =>
        Pools.TryGetValue(slug, out var pool) ? pool : Servers.ContainsKey(slug) ? [slug] : [];
}

/// <summary>A BigBlueButton server.</summary>
public sealed class BbbServerOptions
{
    /// <summary>Its address, usually ending with /bigbluebutton/.</summary>
    [Required]
    public Uri? Url { get; set; }

    /// <summary>The secret that it shares with us (bbb-conf --secret).</summary>
    [Required]
    public string? Secret { get; set; }

    /// <summary>The secret before, while the two are being changed: whichever the server knows is used.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>sha1, sha256, sha384 or sha512. Default: sha256.</summary>
    public BbbAlgorithm Algorithm { get; set; } = BbbAlgorithm.Sha256;

    /// <summary>How much it carries compared with others of its pool; 0 takes no new conferences. Default: 1.</summary>
    [Range(0.0, 1_000.0)]
    public double Weight { get; set; } = 1;
}

/// <summary>How calls are signed.</summary>
public enum BbbAlgorithm
{
    /// <summary>SHA-1, of old servers.</summary>
    Sha1,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-512.</summary>
    Sha512,
}
