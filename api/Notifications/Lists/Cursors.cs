using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Actors.Notifications;

namespace Actors.Api.Notifications.Lists;

/// <summary>Cursors as callers hold them.</summary>
internal static class Cursors
{
    private const int MaxLength = 200;

    public static string? Write(NotificationCursor? cursor) => cursor is null
        ? null
        : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{cursor.Created.UtcTicks}:{cursor.Id}")));

    public static bool TryRead(string? text, out NotificationCursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (text.Length > MaxLength || !Base64Url.IsValid(text) || Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(':', 2) is not [var ticks, var id]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        cursor = new NotificationCursor(new DateTimeOffset(number, TimeSpan.Zero), id);
        return true;
    }
}
