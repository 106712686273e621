using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Actors.Tallying.Gossip;

/// <summary>A reader that takes part, and the process in which it lives.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GossipPeer(Guid Reader, Guid Home);

/// <summary>The readers of a campaign that take part at a moment.</summary>
internal sealed class GossipRoster
{
    /// <summary>Nobody.</summary>
    public static readonly GossipRoster Empty = new([]);

    private readonly ImmutableArray<GossipPeer> _byKey;
    private readonly ImmutableArray<GossipPeer> _byHome;

    public GossipRoster(IEnumerable<GossipPeer> peers)
    {
        _byKey = [.. peers.DistinctBy(peer => peer.Reader).OrderBy(peer => peer.Reader)];
        _byHome = [.. _byKey.OrderBy(peer => peer.Home).ThenBy(peer => peer.Reader)];
        HomeCount = _byKey.Select(peer => peer.Home).Distinct().Count();
    }

    /// <summary>All of them, in key order.</summary>
    public ImmutableArray<GossipPeer> Peers => _byKey;

    /// <summary>Processes in which they live.</summary>
    public int HomeCount { get; }

    /// <summary>The reader, when it takes part.</summary>
    public GossipPeer? Find(Guid reader)
    {
        var i = FirstFrom(reader);
        return i < _byKey.Length && _byKey[i].Reader == reader ? _byKey[i] : null;
    }

    /// <summary>The same with a reader that has come or moved.</summary>
    public GossipRoster With(GossipPeer peer) => new(_byKey.Where(other => other.Reader != peer.Reader).Append(peer));

    /// <summary>The readers that follow in key order, around to the reader itself, but for those of its own process.</summary>
    public IEnumerable<GossipPeer> After(Guid reader, Guid ownHome)
    {
        var first = FirstFrom(reader);
        for (var i = 0; i < _byKey.Length; i++)
        {
            var peer = _byKey[(first + i) % _byKey.Length];
            if (peer.Reader != reader && peer.Home != ownHome)
            {
                yield return peer;
            }
        }
    }

    /// <summary>One reader of another process; null when there is none.</summary>
    public GossipPeer? Draw(Random random, Guid ownHome)
    {
        var (start, end) = (FirstHomeFrom(ownHome), FirstHomeAfter(ownHome));
        var others = _byHome.Length - (end - start);
        if (others == 0)
        {
            return null;
        }

        var i = random.Next(others);
        return _byHome[i < start ? i : i + end - start];
    }

    private int FirstFrom(Guid reader) => FirstWhere(_byKey, peer => peer.Reader.CompareTo(reader) >= 0);

    private int FirstHomeFrom(Guid home) => FirstWhere(_byHome, peer => peer.Home.CompareTo(home) >= 0);

    private int FirstHomeAfter(Guid home) => FirstWhere(_byHome, peer => peer.Home.CompareTo(home) > 0);

    private static int FirstWhere(ImmutableArray<GossipPeer> peers, Func<GossipPeer, bool> isPast)
    {
        var (low, high) = (0, peers.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isPast(peers[middle]))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
