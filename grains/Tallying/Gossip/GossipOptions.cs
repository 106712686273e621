using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Actors.Tallying;

/// <summary>How readers tell each other what they saw.</summary>
public sealed class GossipOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Tally:Gossip";

    /// <summary>How long a process remembers an event of a campaign after its reception. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Events of a campaign that a process remembers at most; the oldest leave. Default: 200,000.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxRecords { get; set; } = 200_000;

    /// <summary>Random peers that are told an event, beside the next one in key order. Default: 3.</summary>
    [Range(1, 16)]
    public int FanOut { get; set; } = 3;

    /// <summary>The shortest time between two messages to a peer. Default: 20 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0010000", "00:00:10")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a process compares what it knows with a random peer while something happens. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:10:00")]
    public TimeSpan ExchangePeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often when nothing has been missing for long. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "1.00:00:00")]
    public TimeSpan IdleExchangePeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a peer may take to answer. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0500000", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a process tells which readers it holds. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00")]
    public TimeSpan ReportPeriod { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Checks <see cref="GossipOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class GossipOptionsValidator : IValidateOptions<GossipOptions>;
