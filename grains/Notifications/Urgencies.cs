namespace Actors.Notifications;

/// <summary>Urgencies by their names in RFC 8030, section 5.3.</summary>
public static class Urgencies
{
    /// <summary>An urgency's name.</summary>
    public static string ToText(this Urgency urgency) => urgency switch
    {
        Urgency.VeryLow => "very-low",
        Urgency.Low => "low",
        Urgency.High => "high",
        _ => "normal",
    };

    /// <summary>The urgency of this name, or null.</summary>
    public static Urgency? Parse(string text) => text switch
    {
        "very-low" => Urgency.VeryLow,
        "low" => Urgency.Low,
        "normal" => Urgency.Normal,
        "high" => Urgency.High,
        _ => null,
    };
}
