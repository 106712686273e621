using System.Runtime.InteropServices;

namespace Actors.Tallying.Feed;

/// <summary>What the pages of a reader were told.</summary>
/// <param name="Position">Everything up to there, in order; 0 when that begins with the next event.</param>
/// <param name="Arrived">The number of the last event that was told, in the order of arrival.</param>
/// <param name="Highest">The highest position among those.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FeedPlace(long Position, long Arrived, long Highest);

/// <summary>What to tell next.</summary>
/// <param name="From">What was told before.</param>
/// <param name="Page">What to tell.</param>
/// <param name="Next">What is told then.</param>
internal sealed record FeedStep(FeedPlace From, EventPage Page, FeedPlace Next)
{
    /// <summary>Whether there is anything in it.</summary>
    public bool IsNews => Page.More || !Page.Events.IsEmpty || Page.Cursor > Page.After;
}
