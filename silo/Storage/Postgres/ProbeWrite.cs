using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Nothing but the batch itself.</summary>
internal sealed class ProbeWrite(CancellationToken cancellationToken) : PostgresWrite<bool>(Nothing.Instance, Guid.Empty, rows: 1, cancellationToken)
{
    private sealed class Nothing : WriteKind
    {
        public static readonly Nothing Instance = new();

        public override int Order => 0;

        public override void AddTo(NpgsqlBatch batch, List<PostgresWrite> writes)
        {
        }

        public override ValueTask ReadAsync(BatchAnswer answer, List<PostgresWrite> writes) => ValueTask.CompletedTask;
    }
}
