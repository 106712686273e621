namespace Actors.Silo.Mail;

/// <summary>When a mail is tried again.</summary>
internal static class MailRetry
{
    /// <summary>Three days, most of them hourly.</summary>
    public const int MaxTries = 77;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Twice as late each time, an hour at most, give or take a fifth; null when it is not worth it any more.</summary>
    public static DateTimeOffset? Next(int tries, DateTimeOffset now)
    {
        if (tries >= MaxTries)
        {
            return null;
        }

        var pause = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(Math.Max(0, tries - 1), 16)), Longest.TotalSeconds);
        return now + TimeSpan.FromSeconds(pause * (0.8 + (0.4 * Random.Shared.NextDouble())));
    }
}
