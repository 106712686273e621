using Microsoft.Extensions.Logging;

namespace Actors.Tallying.Feed;

/// <summary>What the feeds of all campaigns share.</summary>
internal sealed record FeedServices(
    ITallyLog TallyLog,
    TimeProvider Time,
    TallyingOptions Options,
    TallyingInstruments Instruments,
    ILogger Log,
    Action<List<Guid>, bool> Wake,
    Action<string, EventPage> GapRead);
