using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Decisions of one campaign to record and place.</summary>
internal sealed class DecideWrite : PostgresWrite<PlacedScans>
{
    public DecideWrite(string campaign, ImmutableArray<DecidedScan> decisions, TimeProvider time, CancellationToken cancellationToken)
        : base(DecideKind.Instance, Guid.Empty, decisions.Length, cancellationToken)
    {
        Campaign = campaign;
        Decisions = decisions;
        Time = time;
    }

    public string Campaign { get; }

    public ImmutableArray<DecidedScan> Decisions { get; }

    public TimeProvider Time { get; }

    /// <summary>Rows newly placed by this attempt.</summary>
    public List<TallyEvent> Placed { get; } = [];

    /// <summary>The order of a campaign is taken by one lane.</summary>
    public override int Lane => StringComparer.Ordinal.GetHashCode(Campaign);
}
