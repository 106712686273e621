using System.Collections.Immutable;
using Actors.Printing;

namespace Actors.Silo.Storage.Memory;

/// <summary>Members that live as long as the process: for tests.</summary>
internal sealed class MemoryMemberDirectory : IMemberDirectory
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, PrintOwner> _members = [];
    private long _last;

    public ValueTask ReplaceAsync(ImmutableArray<NewMember> members, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var member in members)
            {
                var same = _members.Values
                    .Where(known => Same(known.UnionNumber, member.UnionNumber) || Same(known.StudentNumber, member.StudentNumber))
                    .Select(known => known.Id).ToList();
                same.ForEach(id => _members.Remove(id));
                var id = same.Count > 0 ? same[0] : ++_last;
                _members[id] = new PrintOwner(id, member.Surname, member.UnionNumber, member.StudentNumber);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<PrintOwner?> FindAsync(string surname, string number, bool students, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_members.Values
                .Where(member => member.Surname == surname && (students || member.UnionNumber is not null))
                .Where(member => member.UnionNumber == number || member.StudentNumber == number)
                .OrderByDescending(member => member.UnionNumber == number)
                .FirstOrDefault());
        }
    }

    public ValueTask<ImmutableArray<PrintOwner>> ListAsync(long after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<ImmutableArray<PrintOwner>>([.. _members.Values.Where(member => member.Id > after).Take(limit)]);
        }
    }

    public ValueTask<bool> DeleteAsync(string number, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var ids = _members.Values.Where(member => member.UnionNumber == number || member.StudentNumber == number).Select(member => member.Id).ToList();
            ids.ForEach(id => _members.Remove(id));
            return ValueTask.FromResult(ids.Count > 0);
        }
    }

    private static bool Same(string? a, string? b) => a is not null && a == b;
}
