using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Tallying.Gossip;

/// <inheritdoc cref="IReaderDirectoryGrain"/>
internal sealed class ReaderDirectoryGrain(TimeProvider time, IOptions<GossipOptions> options) : Grain, IReaderDirectoryGrain
{
    private const int MaxReaders = 10_000;

    private readonly Dictionary<Guid, (ImmutableArray<Guid> Readers, DateTimeOffset Until)> _homes = [];
    private readonly Contacts _contacts = new(MaxReaders);
    private DateTimeOffset _completeAt;
    private long _version;

    private TimeSpan Lease => options.Value.ReportPeriod * 3.5;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // no version of another life of this grain is ever met again
        _version = time.GetUtcNow().UtcTicks;
        _completeAt = time.GetUtcNow() + options.Value.ReportPeriod * 2;
        return Task.CompletedTask;
    }

    public Task<ReaderDirectory> ReportAsync(ReaderReport report)
    {
        var now = time.GetUtcNow();
        foreach (var (home, (_, until)) in _homes)
        {
            if (until < now)
            {
                _homes.Remove(home);
                _version++;
            }
        }

        foreach (var contact in report.Contacts.IsDefault ? [] : report.Contacts)
        {
            _contacts.TryAdd(contact);
        }

        Take(report, now + Lease);
        var isUnchanged = report.Version == _version;
        return Task.FromResult(new ReaderDirectory(
            _version, isUnchanged, now >= _completeAt, isUnchanged ? [] : [.. _homes.Select(home => new ReaderHome(home.Key, home.Value.Readers))]));
    }

    public Task<ImmutableArray<ReaderContact>> ReadContactsAsync() => Task.FromResult(_contacts.All);

    private void Take(ReaderReport report, DateTimeOffset until)
    {
        if (report.Readers.IsEmpty)
        {
            _version += _homes.Remove(report.Home) ? 1 : 0;
            return;
        }

        var others = _homes.Where(home => home.Key != report.Home).ToList();
        var room = MaxReaders - others.Sum(home => home.Value.Readers.Length);
        var readers = report.Readers.Length <= room ? report.Readers : [.. report.Readers.Take(Math.Max(0, room))];
        var isKnown = _homes.TryGetValue(report.Home, out var known) && known.Readers.AsSpan().SequenceEqual(readers.AsSpan());
        _homes[report.Home] = (readers, until);
        if (isKnown)
        {
            return;
        }

        _version++;
        var here = readers.ToHashSet();
        foreach (var (home, (elsewhere, leave)) in others)
        {
            // a reader lives where it was last heard of
            if (elsewhere.Any(here.Contains))
            {
                _homes[home] = ([.. elsewhere.Where(reader => !here.Contains(reader))], leave);
            }
        }
    }
}
