using System.Diagnostics.Metrics;

namespace Actors.Silo.Mail;

/// <summary>Counts of mails, a mail to two recipients being two.</summary>
internal static class MailInstruments
{
    private static readonly Meter Meter = new("Actors.Mail");

    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("actors.mail.sent", "{mail}", "Mails that the server took");
    public static readonly Counter<long> Deferred = Meter.CreateCounter<long>("actors.mail.deferred", "{mail}", "Tries to be repeated");
    public static readonly Counter<long> Failed = Meter.CreateCounter<long>("actors.mail.failed", "{mail}", "Mails given up");
}
