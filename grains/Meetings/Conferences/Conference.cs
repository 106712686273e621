namespace Actors.Meetings.Conferences;

/// <summary>A conference that was there a moment ago.</summary>
/// <param name="Server">On which server.</param>
/// <param name="CreateTime">When the server made it, as it writes that: what tells it from the next one of the same name.</param>
/// <param name="ConfirmedAt">When the server last said that it is there.</param>
internal sealed record Conference(string Server, string? CreateTime, DateTimeOffset ConfirmedAt);

/// <summary>What came of looking for one.</summary>
/// <param name="Status">Whether it is there.</param>
/// <param name="Conference">It, when it is.</param>
/// <param name="Refusal">What the server said, when it refused.</param>
/// <param name="Answer">What create answered, when it was asked.</param>
internal sealed record ConferenceOutcome(MeetingStatus Status, Conference? Conference, BbbRefusal? Refusal, BbbCreated? Answer);
