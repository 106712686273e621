using System.Globalization;

namespace Actors.Api.Demo;

/// <summary>What the demo campaign holds: some of everything that a reader can meet.</summary>
internal static class DemoData
{
    public const string Campaign = "demo";
    public const string CampaignName = "Démonstration";

    public static readonly string[] Readers = ["Entrée A / Door A", "Entrée B / Door B"];

    public static IReadOnlyList<DemoCertificate> Certificates(DateTimeOffset now) =>
    [
        new("Ada Lovelace", "valid", null, null),
        new("Blaise Pascal", "valid", null, null),
        new("Émilie du Châtelet", "valid", null, null),
        new("Georg Cantor", "valid", null, null),
        new("Hypatia", "expired", null, Text(now.AddDays(-1))),
        new("Sophie Germain", "not valid yet", Text(now.AddYears(1)), null),
        new("Évariste Galois", "revoked", null, null, Revoked: true),
    ];

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A certificate of the demo.</summary>
internal sealed record DemoCertificate(string Name, string State, string? ValidityStart, string? ValidityEnd, bool Revoked = false);
