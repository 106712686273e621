namespace Actors.Notifications.Users;

/// <summary>Quiet hours.</summary>
internal static class Quiet
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>When the quiet hours end that a time lies in; the time itself when it lies in none.</summary>
    public static DateTimeOffset EndAt(QuietHours? quiet, DateTimeOffset time)
    {
        if (quiet is null || quiet.From == quiet.To || !TimeZoneInfo.TryFindSystemTimeZoneById(quiet.TimeZone, out var zone))
        {
            return time;
        }

        var local = TimeZoneInfo.ConvertTime(time, zone);
        var minute = local.Hour * 60 + local.Minute;
        var isIn = quiet.From < quiet.To ? minute >= quiet.From && minute < quiet.To : minute >= quiet.From || minute < quiet.To;
        if (!isIn)
        {
            return time;
        }

        var day = quiet.From > quiet.To && minute >= quiet.From ? local.Date.AddDays(1) : local.Date;
        var end = day.AddMinutes(quiet.To % MinutesOfDay);

        // an hour that summer time leaves out is the one after it
        end = zone.IsInvalidTime(end) ? end.AddHours(1) : end;
        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }
}
