using System.Collections.Immutable;

namespace Actors.Tallying.Gossip;

/// <summary>When readers were last heard of; the longest silent are forgotten first.</summary>
internal sealed class Contacts(int max)
{
    private readonly Dictionary<Guid, ReaderContact> _known = [];

    /// <summary>All that are known.</summary>
    public ImmutableArray<ReaderContact> All => [.. _known.Values];

    /// <summary>Takes a sign of life; false when a later one is known.</summary>
    public bool TryAdd(ReaderContact contact)
    {
        if (_known.TryGetValue(contact.Reader, out var known) && known.At >= contact.At)
        {
            return false;
        }

        _known[contact.Reader] = contact;
        if (_known.Count > max)
        {
            foreach (var oldest in _known.Values.OrderBy(other => other.At).Take(max / 10 + 1).ToList())
            {
                _known.Remove(oldest.Reader);
            }
        }

        return true;
    }

    /// <summary>Forgets all, and says what they were.</summary>
    public ImmutableArray<ReaderContact> Empty()
    {
        var all = All;
        _known.Clear();
        return all;
    }
}
