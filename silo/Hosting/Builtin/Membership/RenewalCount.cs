using Actors.Silo.Storage.Postgres;

namespace Actors.Silo.Hosting.Membership;

/// <summary>
/// How often this silo renewed its lease, by the database's own count. Where that goes back, the database was restored to
/// a moment of this life, whatever became of its log meanwhile.
/// </summary>
internal sealed class RenewalCount(GenerationGuard guard)
{
    // Renewals do not wait for the disk: a crash of the server may take back those of its last second.
    private const int LostInACrash = 5;

    private readonly Lock _lock = new();
    private long _epoch;
    private long _count;

    /// <exception cref="DatabaseRestoredException">It went back.</exception>
    public void Note(long epoch, long count)
    {
        lock (_lock)
        {
            if (epoch == _epoch && count < _count - LostInACrash)
            {
                var restored = new DatabaseRestoredException($"{_count - count} renewals of this silo's lease are gone");
                guard.Refuse(restored);
                throw restored;
            }

            (_epoch, _count) = (epoch, count);
        }
    }
}
