using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Rows to append to one reader's log, all or none.</summary>
internal sealed class AppendWrite : PostgresWrite<ImmutableArray<LoggedScan>>
{
    private readonly LoggedScan?[] _stored;

    public AppendWrite(ImmutableArray<LoggedScan> scans, CancellationToken cancellationToken)
        : base(AppendKind.Instance, scans[0].ReaderId, scans.Length, cancellationToken)
    {
        Scans = scans;
        _stored = new LoggedScan?[scans.Length];
    }

    public ImmutableArray<LoggedScan> Scans { get; }

    /// <summary>Before an attempt: as if each row were appended as it is.</summary>
    public void Begin()
    {
        Error = null;
        for (var i = 0; i < _stored.Length; i++)
        {
            _stored[i] = Scans[i];
        }
    }

    /// <summary>The row was not appended: its event is in the log already.</summary>
    public void MarkKnown(int scan) => _stored[scan] = null;

    public bool IsKnown(int scan) => _stored[scan] is null;

    public void Find(int scan, LoggedScan row) => _stored[scan] = row;

    public void End()
    {
        if (Error is null)
        {
            Result = Array.TrueForAll(_stored, row => row is not null)
                ? [.. _stored!]
                : throw new InvalidOperationException("An event is neither new nor known.");
        }
    }
}
