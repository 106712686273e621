namespace Actors.Notifications.Deliveries;

/// <summary>
/// Whether a push service takes anything at the moment. One that is down is asked by one delivery at a time, after pauses
/// that grow, so that the others keep their tries and are not sent into the void.
/// </summary>
internal sealed class ServiceHealth
{
    private const int Patience = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private int _failures;

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset PausedUntil { get; private set; }

    /// <summary>Whether only one at a time is sent, to see.</summary>
    public bool IsDown => _failures >= Patience;

    /// <summary>Leaves it alone until then.</summary>
    public void Pause(DateTimeOffset until) => PausedUntil = until > PausedUntil ? until : PausedUntil;

    /// <summary>Takes an answer into account; true when it is down from now on and was not before.</summary>
    public bool Heard(PushAnswer answer, DateTimeOffset now)
    {
        if (answer.Kind is not PushAnswerKind.Retry)
        {
            _failures = 0;
            return false;
        }

        if (answer.RetryAfter is not null || answer.Status == 429)
        {
            Pause(now + (answer.RetryAfter ?? FirstPause));
            return false;
        }

        if (now < PausedUntil)
        {
            // it was under way when the pause began
            return false;
        }

        _failures++;
        if (IsDown)
        {
            var pause = FirstPause * Math.Pow(2, Math.Min(_failures - Patience, 10));
            Pause(now + (pause < LongestPause ? pause : LongestPause));
        }

        return _failures == Patience;
    }
}
