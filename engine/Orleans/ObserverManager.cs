using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>The observers of a grain, identified by themselves; each expires unless renewed.</summary>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log)
    : ObserverManager<IAddressable, TObserver>(expiration, log)
    where TObserver : notnull;

/// <summary>The observers of a grain by an identity; each expires unless renewed. Used from one turn at a time.</summary>
public partial class ObserverManager<TIdentity, TObserver>(TimeSpan expiration, ILogger log) : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, Entry> _entries = [];
    private readonly ILogger _log = log ?? throw new ArgumentNullException(nameof(log));

    /// <summary>The clock; a grain sets it from its <see cref="TimeProvider"/>.</summary>
    public Func<DateTime> GetDateTime { get; set; } = () => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>How long an observer lasts without being renewed.</summary>
    public TimeSpan ExpirationDuration { get; set; } = expiration;

    /// <summary>How many there are, expired ones included until they are cleared.</summary>
    public int Count => _entries.Count;

    /// <summary>A copy of what there is.</summary>
    public IDictionary<TIdentity, TObserver> Observers => _entries.ToDictionary(e => e.Key, e => e.Value.Observer);

    /// <summary>Removes all.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>Adds or renews an observer.</summary>
    public void Subscribe(TIdentity id, TObserver observer)
    {
        var added = !_entries.ContainsKey(id);
        _entries[id] = new Entry(observer, GetDateTime());
        if (added)
        {
            LogAdded(id);
        }
    }

    /// <summary>Removes an observer.</summary>
    public void Unsubscribe(TIdentity id)
    {
        if (_entries.Remove(id))
        {
            LogRemoved(id);
        }
    }

    /// <summary>Calls each observer that has not expired; one that throws is removed.</summary>
    public Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null) =>
        NotifyAsync(notification, predicate);

    /// <summary>Calls each observer that has not expired; one that throws is removed.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Drop(id, error);
            }
        }
    }

    /// <summary>Removes those that have expired.</summary>
    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var (id, entry) in _entries)
        {
            if (HasExpired(entry, now))
            {
                _entries.Remove(id);
                LogExpired(id);
            }
        }
    }

    public IEnumerator<TObserver> GetEnumerator() => _entries.Values.Select(e => e.Observer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private async Task NotifyAsync(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Drop(id, error);
            }
        }
    }

    private List<KeyValuePair<TIdentity, TObserver>> Live(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return [.. _entries
            .Where(e => predicate is null || predicate(e.Value.Observer))
            .Select(e => KeyValuePair.Create(e.Key, e.Value.Observer))];
    }

    private bool HasExpired(Entry entry, DateTime now) => entry.Seen + ExpirationDuration < now;

    private void Drop(TIdentity id, Exception error)
    {
        _entries.Remove(id);
        LogDropped(error, id);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Observer {Observer} added.")]
    private partial void LogAdded(TIdentity observer);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Observer {Observer} removed.")]
    private partial void LogRemoved(TIdentity observer);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Observer {Observer} expired.")]
    private partial void LogExpired(TIdentity observer);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Observer {Observer} threw and is removed.")]
    private partial void LogDropped(Exception error, TIdentity observer);

    private readonly record struct Entry(TObserver Observer, DateTime Seen);
}
