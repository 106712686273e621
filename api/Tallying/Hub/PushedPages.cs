using System.Collections.Immutable;
using Actors.Tallying;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Api.Tallying.Hub;

/// <summary>
/// The pages of events that are being pushed, as bytes. All pages of a campaign that are in step get the same events,
/// which are written once for all of them.
/// </summary>
internal sealed class PushedPages
{
    /// <summary>Pushes follow each other within milliseconds: what is older is needed by no one, or by a page that is far behind.</summary>
    private const int Capacity = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Lazy<SerializedHubMessage>> _messages = [];
    private readonly Queue<Key> _order = new();

    /// <summary>The message.</summary>
    public SerializedHubMessage Of(string campaign, EventPage page)
    {
        var key = new Key(campaign, page.After, page.Cursor, page.More, new Positions(page.Events));
        Lazy<SerializedHubMessage>? message;
        lock (_lock)
        {
            if (!_messages.TryGetValue(key, out message))
            {
                if (_order.Count == Capacity)
                {
                    _messages.Remove(_order.Dequeue());
                }

                message = new(() => HubAnswers.Events(page));
                _messages.Add(key, message);
                _order.Enqueue(key);
            }
        }

        return message.Value;
    }

    private readonly record struct Key(string Campaign, long After, long Cursor, bool More, Positions Events);

    /// <summary>The log never changes: a position of a campaign names one event.</summary>
    private readonly struct Positions(ImmutableArray<TallyEvent> events) : IEquatable<Positions>
    {
        private readonly ImmutableArray<TallyEvent> _events = events;

        public bool Equals(Positions other)
        {
            if (_events.Length != other._events.Length)
            {
                return false;
            }

            for (var i = 0; i < _events.Length; i++)
            {
                if (_events[i].Position != other._events[i].Position)
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is Positions other && Equals(other);

        public override int GetHashCode() => _events.IsEmpty ? 0 : HashCode.Combine(_events.Length, _events[0].Position, _events[^1].Position);
    }
}
