using Actors.Silo.Storage;

namespace Actors.Api.Health;

/// <summary>Storage takes writes: one real write, at most once a second however often it is asked.</summary>
internal sealed class StorageCheck(IStorageHealth storage, TimeProvider time) : IReadinessCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private DateTimeOffset _probedAt = DateTimeOffset.MinValue;

    public string Name => "storage";

    public async ValueTask<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _probedAt >= Interval || storage.Problem is not null)
        {
            _probedAt = now;
            await storage.ProbeAsync(cancellationToken);
        }

        return storage.Problem;
    }
}
