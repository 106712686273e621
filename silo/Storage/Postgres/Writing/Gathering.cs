namespace Actors.Silo.Storage.Postgres;

/// <summary>
/// For how many writes a lane waits before its next batch. Those who were just answered often write again at once: without
/// the wait two halves of the callers take turns, and each commit is for one half.
/// </summary>
/// <param name="most">Rows in a batch.</param>
internal sealed class Gathering(int most)
{
    // Of those who were answered some write through another process next, or not at all: how many of them are worth
    // waiting for is learned, so that about one wait in ten is in vain.
    private const double LeastShare = 0.2;
    private const double LessInVain = 0.8;
    private const double MoreInTime = 0.02;

    // Where a commit is quicker, waiting would cost more than it saves.
    private static readonly TimeSpan s_slowCommit = TimeSpan.FromMilliseconds(0.5);

    private double _share = 1;
    private volatile int _expected;

    /// <summary>So many writes make the wait end.</summary>
    public int Expected => _expected;

    /// <summary>Before the answers of a batch are given, while others wait already.</summary>
    public void Answer(int writes, int waiting, TimeSpan commit) =>
        _expected = commit < s_slowCommit ? 0 : Math.Min((int)Math.Ceiling(_share * (writes + waiting)), most);

    /// <summary>The wait has ended: so many had come in time, or they had not.</summary>
    public void End(bool inTime) => _share = inTime ? Math.Min(1, _share + MoreInTime) : Math.Max(LeastShare, _share * LessInVain);
}
