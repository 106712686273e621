using System.ComponentModel.DataAnnotations;

namespace Actors.Notifications;

/// <summary>How notifications are kept and sent.</summary>
public class PushOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Push";

    /// <summary>Devices of one user at most; the oldest makes room. Default: 10.</summary>
    [Range(1, 100, ErrorMessage = "{0} must be {1} to {2}")]
    public int MaxDevices { get; set; } = 10;

    /// <summary>How long a delivery is tried, where its notification does not end before. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "28.00:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The wait before something is sent again for the first time; it doubles each time. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "01:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest wait before something is sent again, and that for a service that refuses our keys. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How much is under way to one push service from one of its queues. Default: 32.</summary>
    [Range(1, 1_000, ErrorMessage = "{0} must be {1} to {2}")]
    public int Window { get; set; } = 32;

    /// <summary>How many users a message tells at the same time. Default: 64.</summary>
    [Range(1, 1_000, ErrorMessage = "{0} must be {1} to {2}")]
    public int FanOut { get; set; } = 64;

    /// <summary>How often what was left by a process that ended is looked for. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "01:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long notifications are kept. Default: 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan KeepNotifications { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long deliveries are kept. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "{0} must be {1} to {2}")]
    public TimeSpan KeepDeliveries { get; set; } = TimeSpan.FromDays(30);
}
