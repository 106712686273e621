using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Actors.Tallying;

/// <summary>How tallying behaves.</summary>
public class TallyingOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Tally";

    /// <summary>What a reader without a cursor is told of. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RecentWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Certificates that one synchronisation asks at the same time. Default: 64.</summary>
    [Range(1, 1_000)]
    public int FanOut { get; set; } = 64;

    /// <summary>How long a certificate may take to decide before its scan is answered as not confirmed. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after a failure undecided scans are offered again. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "01:00:00")]
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often readers are looked for whose undecided scans nobody offers. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that the parts of one synchronisation may be apart. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SyncSpan { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A scan received this long after it was made was made offline: a conflict is told to both readers. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time between two pushes to a reader under load. Default: 10 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0010000", "00:00:10")]
    public TimeSpan PushInterval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long an event waits for those before it, which other processes tell, until the log is asked. Default: 100 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan GapPatience { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Events in one push at most; who is further behind asks. Default: 500.</summary>
    [Range(1, 1_000)]
    public int PushPageSize { get; set; } = 500;

    /// <summary>Recent events that a silo keeps in memory per campaign. Default: 4,096.</summary>
    [Range(1, 1_000_000)]
    public int FeedCapacity { get; set; } = 4_096;

    /// <summary>The shortest time between two counts of who is inside that a silo asks for. Default: 200 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan CounterInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a campaign's counts are stored while they change. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "01:00:00")]
    public TimeSpan CountsInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the log keeps events after their reception; a shared database forgets whole months. Default: 365 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan LogRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Campaigns of which a silo keeps recent events when nobody listens. Default: 256.</summary>
    [Range(1, 100_000)]
    public int MaxFeeds { get; set; } = 256;
}

/// <summary>Checks <see cref="TallyingOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class TallyingOptionsValidator : IValidateOptions<TallyingOptions>;
