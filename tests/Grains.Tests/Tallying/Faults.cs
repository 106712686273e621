using System.Collections.Immutable;
using Actors.Silo.Storage;
using Actors.Tallying;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Storage that can be told to fail.</summary>
internal sealed class Faults
{
    /// <summary>Appending to the log fails.</summary>
    public bool Append { get; set; }

    /// <summary>Recording decisions fails.</summary>
    public bool Decide { get; set; }

    /// <summary>Reading the log fails, so many times.</summary>
    public int Reads { get; set; }

    /// <summary>Looking an event up fails.</summary>
    public bool Find { get; set; }

    /// <summary>States of this name are neither read nor written.</summary>
    public string? State { get; set; }

    /// <summary>Writes of states of this name are done, but told as failed.</summary>
    public string? LostAnswers { get; set; }

    /// <summary>Puts itself between the grains and their storage.</summary>
    public void Install(IServiceCollection services)
    {
        var log = (ITallyLog)services.Last(service => service.ServiceType == typeof(ITallyLog)).ImplementationInstance!;
        var states = (IStateStore)services.Last(service => service.ServiceType == typeof(IStateStore)).ImplementationInstance!;
        services.AddSingleton<ITallyLog>(new FaultyLog(log, this));
        services.AddSingleton<IStateStore>(new FaultyStates(states, this));
    }

    private static void ThrowIf(bool fails)
    {
        if (fails)
        {
            throw new IOException("No space left on device.");
        }
    }

    private sealed class FaultyLog(ITallyLog log, Faults faults) : ITallyLog
    {
        public ValueTask<ImmutableArray<LoggedScan>> AppendAsync(ImmutableArray<LoggedScan> rows, CancellationToken cancellationToken)
        {
            ThrowIf(faults.Append);
            return log.AppendAsync(rows, cancellationToken);
        }

        public ValueTask<PlacedScans> DecideAsync(string campaign, ImmutableArray<DecidedScan> decisions, CancellationToken cancellationToken)
        {
            ThrowIf(faults.Decide);
            return log.DecideAsync(campaign, decisions, cancellationToken);
        }

        public ValueTask<EventPage> ReadAsync(string campaign, long after, int limit, CancellationToken cancellationToken)
        {
            ThrowIf(faults.Reads > 0 && faults.Reads-- > 0);
            return log.ReadAsync(campaign, after, limit, cancellationToken);
        }

        public ValueTask<(long Sequence, DateTimeOffset? ReceivedAt)> LastAsync(Guid readerId, CancellationToken cancellationToken) =>
            log.LastAsync(readerId, cancellationToken);

        public ValueTask<ImmutableArray<LoggedScan>> ReadUndecidedAsync(Guid readerId, int limit, CancellationToken cancellationToken) =>
            log.ReadUndecidedAsync(readerId, limit, cancellationToken);

        public ValueTask<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => log.ForgetAsync(before, cancellationToken);

        public ValueTask<LoggedScan?> FindAsync(Guid eventId, CancellationToken cancellationToken)
        {
            ThrowIf(faults.Find);
            return log.FindAsync(eventId, cancellationToken);
        }

        public ValueTask<ImmutableArray<Guid>> ReadersWithUndecidedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
            log.ReadersWithUndecidedAsync(before, limit, cancellationToken);
    }

    private sealed class FaultyStates(IStateStore states, Faults faults) : IStateStore
    {
        public ValueTask<StoredState?> ReadAsync(StateKey key, CancellationToken ct)
        {
            ThrowIf(key.Name == faults.State);
            return states.ReadAsync(key, ct);
        }

        public async ValueTask<StateWriteResult> WriteAsync(StateKey key, byte[] payload, string? etag, CancellationToken ct)
        {
            ThrowIf(key.Name == faults.State);
            var result = await states.WriteAsync(key, payload, etag, ct);
            ThrowIf(key.Name == faults.LostAnswers);
            return result;
        }

        public ValueTask<StateWriteResult> ClearAsync(StateKey key, string etag, CancellationToken ct) => states.ClearAsync(key, etag, ct);
    }
}
